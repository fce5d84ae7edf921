using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>What a job does.</summary>
public class JobConfiguration : IDirectResponseSchema
{
    /// <summary>Check and estimate only.</summary>
    [JsonProperty("dryRun")]
    public virtual bool? DryRun { get; set; }

    /// <summary>Milliseconds after which the job is stopped.</summary>
    [JsonProperty("jobTimeoutMs")]
    public virtual long? JobTimeoutMs { get; set; }

    /// <summary>QUERY or LOAD.</summary>
    [JsonProperty("jobType")]
    public virtual string? JobType { get; set; }

    /// <summary>Labels for reports of cost.</summary>
    [JsonProperty("labels")]
    public virtual IDictionary<string, string>? Labels { get; set; }

    /// <summary>Set for load jobs.</summary>
    [JsonProperty("load")]
    public virtual JobConfigurationLoad? Load { get; set; }

    /// <summary>Set for query jobs.</summary>
    [JsonProperty("query")]
    public virtual JobConfigurationQuery? Query { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
