using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One row as the service sends it.</summary>
public class TableRow : IDirectResponseSchema
{
    /// <summary>The cells, in the order of the columns.</summary>
    [JsonProperty("f")]
    public virtual IList<TableCell>? F { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
