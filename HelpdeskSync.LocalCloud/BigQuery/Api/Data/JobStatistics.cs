using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>When a job ran and what it used.</summary>
public class JobStatistics : IDirectResponseSchema
{
    /// <summary>Milliseconds since 1970, UTC.</summary>
    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    /// <summary>Milliseconds since 1970, UTC; null until the job is done.</summary>
    [JsonProperty("endTime")]
    public virtual long? EndTime { get; set; }

    /// <summary>Only for load jobs.</summary>
    [JsonProperty("load")]
    public virtual JobStatistics3? Load { get; set; }

    /// <summary>Only for query jobs.</summary>
    [JsonProperty("query")]
    public virtual JobStatistics2? Query { get; set; }

    /// <summary>Milliseconds since 1970, UTC; null while the job is pending.</summary>
    [JsonProperty("startTime")]
    public virtual long? StartTime { get; set; }

    /// <summary>Bytes read, before rounding for billing.</summary>
    [JsonProperty("totalBytesProcessed")]
    public virtual long? TotalBytesProcessed { get; set; }

    /// <summary>Milliseconds of computing.</summary>
    [JsonProperty("totalSlotMs")]
    public virtual long? TotalSlotMs { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
