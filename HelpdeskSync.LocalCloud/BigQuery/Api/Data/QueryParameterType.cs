using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The type of a parameter.</summary>
public class QueryParameterType : IDirectResponseSchema
{
    /// <summary>The type of the elements, when the type is ARRAY.</summary>
    [JsonProperty("arrayType")]
    public virtual QueryParameterType? ArrayType { get; set; }

    /// <summary>STRING, INT64, ARRAY and so on.</summary>
    [JsonProperty("type")]
    public virtual string? Type { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
