using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>How far a job is. DONE does not mean success: look at the error result.</summary>
public class JobStatus : IDirectResponseSchema
{
    /// <summary>The error that ended the job; null when it succeeded or still runs.</summary>
    [JsonProperty("errorResult")]
    public virtual ErrorProto? ErrorResult { get; set; }

    /// <summary>All errors met, also those that did not end the job.</summary>
    [JsonProperty("errors")]
    public virtual IList<ErrorProto>? Errors { get; set; }

    /// <summary>PENDING, RUNNING or DONE.</summary>
    [JsonProperty("state")]
    public virtual string? State { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
