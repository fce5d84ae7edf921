using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>How a table is partitioned by time.</summary>
public class TimePartitioning : IDirectResponseSchema
{
    /// <summary>Milliseconds that a partition lives.</summary>
    [JsonProperty("expirationMs")]
    public virtual long? ExpirationMs { get; set; }

    /// <summary>The column; null for the time of loading.</summary>
    [JsonProperty("field")]
    public virtual string? Field { get; set; }

    /// <summary>Whether queries must restrict the partition.</summary>
    [JsonProperty("requirePartitionFilter")]
    public virtual bool? RequirePartitionFilter { get; set; }

    /// <summary>DAY, HOUR, MONTH or YEAR.</summary>
    [JsonProperty("type")]
    public virtual string? Type { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
