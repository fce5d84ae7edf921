using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One error of a job or of a row.</summary>
public class ErrorProto : IDirectResponseSchema
{
    /// <summary>For the service itself; not for clients.</summary>
    [JsonProperty("debugInfo")]
    public virtual string? DebugInfo { get; set; }

    /// <summary>Where in the input the error lies, when known.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>The error in words.</summary>
    [JsonProperty("message")]
    public virtual string? Message { get; set; }

    /// <summary>A short code such as invalidQuery or backendError.</summary>
    [JsonProperty("reason")]
    public virtual string? Reason { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
