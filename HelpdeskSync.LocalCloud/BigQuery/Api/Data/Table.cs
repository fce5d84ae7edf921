using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A table: its columns and properties.</summary>
public class Table : IDirectResponseSchema
{
    /// <summary>The columns by which rows lie together.</summary>
    [JsonProperty("clustering")]
    public virtual Clustering? Clustering { get; set; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    /// <summary>What the table holds, in words.</summary>
    [JsonProperty("description")]
    public virtual string? Description { get; set; }

    /// <summary>Milliseconds since 1970, UTC, when the table is dropped; null for never.</summary>
    [JsonProperty("expirationTime")]
    public virtual long? ExpirationTime { get; set; }

    /// <summary>A name for people.</summary>
    [JsonProperty("friendlyName")]
    public virtual string? FriendlyName { get; set; }

    /// <summary>Project, dataset and table in one text.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Always bigquery#table.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Labels for reports of cost.</summary>
    [JsonProperty("labels")]
    public virtual IDictionary<string, string>? Labels { get; set; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    [JsonProperty("lastModifiedTime")]
    public virtual ulong? LastModifiedTime { get; set; }

    /// <summary>Where the table lies, such as US.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>Size in bytes, without the streaming buffer.</summary>
    [JsonProperty("numBytes")]
    public virtual long? NumBytes { get; set; }

    /// <summary>Rows, without the streaming buffer.</summary>
    [JsonProperty("numRows")]
    public virtual ulong? NumRows { get; set; }

    /// <summary>Whether queries must restrict the partition.</summary>
    [JsonProperty("requirePartitionFilter")]
    public virtual bool? RequirePartitionFilter { get; set; }

    /// <summary>The columns.</summary>
    [JsonProperty("schema")]
    public virtual TableSchema? Schema { get; set; }

    /// <summary>The address of this resource.</summary>
    [JsonProperty("selfLink")]
    public virtual string? SelfLink { get; set; }

    /// <summary>Rows streamed in and not yet settled; null when there are none.</summary>
    [JsonProperty("streamingBuffer")]
    public virtual Streamingbuffer? StreamingBuffer { get; set; }

    /// <summary>The name of the table.</summary>
    [JsonProperty("tableReference")]
    public virtual TableReference? TableReference { get; set; }

    /// <summary>How the table is partitioned by time.</summary>
    [JsonProperty("timePartitioning")]
    public virtual TimePartitioning? TimePartitioning { get; set; }

    /// <summary>TABLE, VIEW and so on.</summary>
    [JsonProperty("type")]
    public virtual string? Type { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
