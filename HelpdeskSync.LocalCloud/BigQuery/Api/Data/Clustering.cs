using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The columns by which rows lie together.</summary>
public class Clustering : IDirectResponseSchema
{
    /// <summary>One to four columns, most important first.</summary>
    [JsonProperty("fields")]
    public virtual IList<string>? Fields { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
