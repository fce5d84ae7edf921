using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The name of a table.</summary>
public class TableReference : IDirectResponseSchema
{
    /// <summary>The dataset.</summary>
    [JsonProperty("datasetId")]
    public virtual string? DatasetId { get; set; }

    /// <summary>The project.</summary>
    [JsonProperty("projectId")]
    public virtual string? ProjectId { get; set; }

    /// <summary>The table in its dataset.</summary>
    [JsonProperty("tableId")]
    public virtual string? TableId { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
