using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The answer of jobs.cancel.</summary>
public class JobCancelResponse : IDirectResponseSchema
{
    /// <summary>The job as it stands now.</summary>
    [JsonProperty("job")]
    public virtual Job? Job { get; set; }

    /// <summary>Always bigquery#jobCancelResponse.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
