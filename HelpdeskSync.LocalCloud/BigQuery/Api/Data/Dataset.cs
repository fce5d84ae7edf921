using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A dataset: a named group of tables in one location.</summary>
public class Dataset : IDirectResponseSchema
{
    /// <summary>Milliseconds since 1970, UTC.</summary>
    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    /// <summary>The name of the dataset.</summary>
    [JsonProperty("datasetReference")]
    public virtual DatasetReference? DatasetReference { get; set; }

    /// <summary>Milliseconds that new tables live; null for ever.</summary>
    [JsonProperty("defaultTableExpirationMs")]
    public virtual long? DefaultTableExpirationMs { get; set; }

    /// <summary>What the dataset holds, in words.</summary>
    [JsonProperty("description")]
    public virtual string? Description { get; set; }

    /// <summary>A name for people.</summary>
    [JsonProperty("friendlyName")]
    public virtual string? FriendlyName { get; set; }

    /// <summary>Project and dataset in one text.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Always bigquery#dataset.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Labels for reports of cost.</summary>
    [JsonProperty("labels")]
    public virtual IDictionary<string, string>? Labels { get; set; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    [JsonProperty("lastModifiedTime")]
    public virtual long? LastModifiedTime { get; set; }

    /// <summary>Where the dataset lies, such as US; fixed when it is made.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>The address of this resource.</summary>
    [JsonProperty("selfLink")]
    public virtual string? SelfLink { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
