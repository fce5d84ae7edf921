using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One page of the tables of a dataset.</summary>
public class TableList : IDirectResponseSchema
{
    /// <summary>Always bigquery#tableList.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Asks for the next page; null on the last.</summary>
    [JsonProperty("nextPageToken")]
    public virtual string? NextPageToken { get; set; }

    /// <summary>The tables of this page.</summary>
    [JsonProperty("tables")]
    public virtual IList<TablesData>? Tables { get; set; }

    /// <summary>Tables in the dataset.</summary>
    [JsonProperty("totalItems")]
    public virtual int? TotalItems { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>One table in a list; holds less than the table itself.</summary>
    public class TablesData
    {
        /// <summary>The columns by which rows lie together.</summary>
        [JsonProperty("clustering")]
        public virtual Clustering? Clustering { get; set; }

        /// <summary>Milliseconds since 1970, UTC.</summary>
        [JsonProperty("creationTime")]
        public virtual long? CreationTime { get; set; }

        /// <summary>Milliseconds since 1970, UTC.</summary>
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

        /// <summary>The name of the table.</summary>
        [JsonProperty("tableReference")]
        public virtual TableReference? TableReference { get; set; }

        /// <summary>How the table is partitioned by time.</summary>
        [JsonProperty("timePartitioning")]
        public virtual TimePartitioning? TimePartitioning { get; set; }

        /// <summary>TABLE, VIEW and so on.</summary>
        [JsonProperty("type")]
        public virtual string? Type { get; set; }
    }
}
