using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>How values are written in the answer.</summary>
public class DataFormatOptions : IDirectResponseSchema
{
    /// <summary>Timestamps as microseconds since 1970 instead of seconds with a fraction.</summary>
    [JsonProperty("useInt64Timestamp")]
    public virtual bool? UseInt64Timestamp { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
