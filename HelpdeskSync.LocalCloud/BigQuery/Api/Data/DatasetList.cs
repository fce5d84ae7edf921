using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>One page of the datasets of a project.</summary>
public class DatasetList : IDirectResponseSchema
{
    /// <summary>The datasets of this page.</summary>
    [JsonProperty("datasets")]
    public virtual IList<DatasetsData>? Datasets { get; set; }

    /// <summary>Always bigquery#datasetList.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Asks for the next page; null on the last.</summary>
    [JsonProperty("nextPageToken")]
    public virtual string? NextPageToken { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>One dataset in a list; holds less than the dataset itself.</summary>
    public class DatasetsData
    {
        /// <summary>The name of the dataset.</summary>
        [JsonProperty("datasetReference")]
        public virtual DatasetReference? DatasetReference { get; set; }

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

        /// <summary>Where the dataset lies.</summary>
        [JsonProperty("location")]
        public virtual string? Location { get; set; }
    }
}
