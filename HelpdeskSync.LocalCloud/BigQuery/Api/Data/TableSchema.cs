using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The columns of a table or result, in order.</summary>
public class TableSchema : IDirectResponseSchema
{
    /// <summary>The columns; names are unique regardless of case.</summary>
    [JsonProperty("fields")]
    public virtual IList<TableFieldSchema>? Fields { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
