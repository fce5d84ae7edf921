using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>Rows to stream into a table.</summary>
public class TableDataInsertAllRequest : IDirectResponseSchema
{
    /// <summary>Drop fields that the table does not have.</summary>
    [JsonProperty("ignoreUnknownValues")]
    public virtual bool? IgnoreUnknownValues { get; set; }

    /// <summary>Always bigquery#tableDataInsertAllRequest.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>The rows.</summary>
    [JsonProperty("rows")]
    public virtual IList<RowsData>? Rows { get; set; }

    /// <summary>Insert the good rows although others are refused.</summary>
    [JsonProperty("skipInvalidRows")]
    public virtual bool? SkipInvalidRows { get; set; }

    /// <summary>Names a table made after this one.</summary>
    [JsonProperty("templateSuffix")]
    public virtual string? TemplateSuffix { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>One row.</summary>
    public class RowsData
    {
        /// <summary>Rows with the same id are taken once, as far as the service remembers.</summary>
        [JsonProperty("insertId")]
        public virtual string? InsertId { get; set; }

        /// <summary>Values by column.</summary>
        [JsonProperty("json")]
        public virtual IDictionary<string, object?>? Json { get; set; }
    }
}
