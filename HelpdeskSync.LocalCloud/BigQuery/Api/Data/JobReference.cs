using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The name of a job.</summary>
public class JobReference : IDirectResponseSchema
{
    /// <summary>Letters, digits, dashes and underscores, at most 1,024 of them; chosen by the client.</summary>
    [JsonProperty("jobId")]
    public virtual string? JobId { get; set; }

    /// <summary>Where the job runs, such as US.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>The project that is billed.</summary>
    [JsonProperty("projectId")]
    public virtual string? ProjectId { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
