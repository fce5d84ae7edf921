using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The value of a parameter; empty for NULL.</summary>
public class QueryParameterValue : IDirectResponseSchema
{
    /// <summary>The elements, when the type is ARRAY.</summary>
    [JsonProperty("arrayValues")]
    public virtual IList<QueryParameterValue>? ArrayValues { get; set; }

    /// <summary>The value as text.</summary>
    [JsonProperty("value")]
    public virtual string? Value { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
