using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>Rows streamed in and not yet settled; DML cannot touch them.</summary>
public class Streamingbuffer : IDirectResponseSchema
{
    /// <summary>About how many bytes.</summary>
    [JsonProperty("estimatedBytes")]
    public virtual ulong? EstimatedBytes { get; set; }

    /// <summary>About how many rows.</summary>
    [JsonProperty("estimatedRows")]
    public virtual ulong? EstimatedRows { get; set; }

    /// <summary>Milliseconds since 1970, UTC, of the oldest row.</summary>
    [JsonProperty("oldestEntryTime")]
    public virtual ulong? OldestEntryTime { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
