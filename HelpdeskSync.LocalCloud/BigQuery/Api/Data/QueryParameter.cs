using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One parameter of a query.</summary>
public class QueryParameter : IDirectResponseSchema
{
    /// <summary>The name without @; null for positional parameters.</summary>
    [JsonProperty("name")]
    public virtual string? Name { get; set; }

    /// <summary>The type of the value.</summary>
    [JsonProperty("parameterType")]
    public virtual QueryParameterType? ParameterType { get; set; }

    /// <summary>The value.</summary>
    [JsonProperty("parameterValue")]
    public virtual QueryParameterValue? ParameterValue { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
