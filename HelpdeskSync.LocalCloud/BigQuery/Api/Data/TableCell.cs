using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One cell as the service sends it.</summary>
public class TableCell : IDirectResponseSchema
{
    /// <summary>Text, a nested row, a list of cells, or null.</summary>
    [JsonProperty("v")]
    public virtual object? V { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
