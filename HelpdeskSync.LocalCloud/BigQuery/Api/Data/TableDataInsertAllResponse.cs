using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>Which streamed rows were refused.</summary>
public class TableDataInsertAllResponse : IDirectResponseSchema
{
    /// <summary>One entry a refused row; null when all went in.</summary>
    [JsonProperty("insertErrors")]
    public virtual IList<InsertErrorsData>? InsertErrors { get; set; }

    /// <summary>Always bigquery#tableDataInsertAllResponse.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>The errors of one row.</summary>
    public class InsertErrorsData
    {
        /// <summary>What is wrong with the row.</summary>
        [JsonProperty("errors")]
        public virtual IList<ErrorProto>? Errors { get; set; }

        /// <summary>The position of the row in the request.</summary>
        [JsonProperty("index")]
        public virtual long? Index { get; set; }
    }
}
