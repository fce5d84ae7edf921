using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One column.</summary>
public class TableFieldSchema : IDirectResponseSchema
{
    /// <summary>SQL for rows that leave the column out.</summary>
    [JsonProperty("defaultValueExpression")]
    public virtual string? DefaultValueExpression { get; set; }

    /// <summary>What the column holds, in words.</summary>
    [JsonProperty("description")]
    public virtual string? Description { get; set; }

    /// <summary>The fields of a RECORD column.</summary>
    [JsonProperty("fields")]
    public virtual IList<TableFieldSchema>? Fields { get; set; }

    /// <summary>Longest STRING or BYTES allowed.</summary>
    [JsonProperty("maxLength")]
    public virtual long? MaxLength { get; set; }

    /// <summary>NULLABLE, REQUIRED or REPEATED; null means NULLABLE.</summary>
    [JsonProperty("mode")]
    public virtual string? Mode { get; set; }

    /// <summary>Unique in its table regardless of case.</summary>
    [JsonProperty("name")]
    public virtual string? Name { get; set; }

    /// <summary>Digits of a NUMERIC.</summary>
    [JsonProperty("precision")]
    public virtual long? Precision { get; set; }

    /// <summary>Digits after the point of a NUMERIC.</summary>
    [JsonProperty("scale")]
    public virtual long? Scale { get; set; }

    /// <summary>STRING, INTEGER, BOOLEAN, TIMESTAMP and so on.</summary>
    [JsonProperty("type")]
    public virtual string? Type { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
