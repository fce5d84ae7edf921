using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>Rows that a DML statement changed, by kind.</summary>
public class DmlStatistics : IDirectResponseSchema
{
    /// <summary>Rows deleted.</summary>
    [JsonProperty("deletedRowCount")]
    public virtual long? DeletedRowCount { get; set; }

    /// <summary>Rows inserted.</summary>
    [JsonProperty("insertedRowCount")]
    public virtual long? InsertedRowCount { get; set; }

    /// <summary>Rows updated.</summary>
    [JsonProperty("updatedRowCount")]
    public virtual long? UpdatedRowCount { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
