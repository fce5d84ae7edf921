using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The name of a project.</summary>
public class ProjectReference : IDirectResponseSchema
{
    /// <summary>The project.</summary>
    [JsonProperty("projectId")]
    public virtual string? ProjectId { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
