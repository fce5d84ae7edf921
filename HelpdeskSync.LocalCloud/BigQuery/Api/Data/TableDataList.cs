using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One page of the rows of a table.</summary>
public class TableDataList : IDirectResponseSchema
{
    /// <summary>Always bigquery#tableDataList.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Asks for the next page; null on the last.</summary>
    [JsonProperty("pageToken")]
    public virtual string? PageToken { get; set; }

    /// <summary>The rows of this page.</summary>
    [JsonProperty("rows")]
    public virtual IList<TableRow>? Rows { get; set; }

    /// <summary>Rows in the table.</summary>
    [JsonProperty("totalRows")]
    public virtual long? TotalRows { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
