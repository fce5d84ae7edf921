using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A job: what was asked for, how far it is and what it cost.</summary>
public class Job : IDirectResponseSchema
{
    /// <summary>What the job does: exactly one of query and load.</summary>
    [JsonProperty("configuration")]
    public virtual JobConfiguration? Configuration { get; set; }

    /// <summary>Project, location and job id in one text.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>The name of the job, unique in its project and location.</summary>
    [JsonProperty("jobReference")]
    public virtual JobReference? JobReference { get; set; }

    /// <summary>Always bigquery#job.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>The address of this resource.</summary>
    [JsonProperty("selfLink")]
    public virtual string? SelfLink { get; set; }

    /// <summary>Times, bytes and rows; grows while the job runs.</summary>
    [JsonProperty("statistics")]
    public virtual JobStatistics? Statistics { get; set; }

    /// <summary>The state, and the error when there is one.</summary>
    [JsonProperty("status")]
    public virtual JobStatus? Status { get; set; }

    /// <summary>Who started the job.</summary>
    [JsonProperty("userEmail")]
    public virtual string? UserEmail { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
