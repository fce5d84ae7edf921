using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The name of a dataset.</summary>
public class DatasetReference : IDirectResponseSchema
{
    /// <summary>The dataset in its project.</summary>
    [JsonProperty("datasetId")]
    public virtual string? DatasetId { get; set; }

    /// <summary>The project.</summary>
    [JsonProperty("projectId")]
    public virtual string? ProjectId { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
