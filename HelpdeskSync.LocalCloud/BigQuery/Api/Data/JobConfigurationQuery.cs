using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>What a query job runs.</summary>
public class JobConfigurationQuery : IDirectResponseSchema
{
    /// <summary>Only for legacy SQL.</summary>
    [JsonProperty("allowLargeResults")]
    public virtual bool? AllowLargeResults { get; set; }

    /// <summary>Clustering of the destination table.</summary>
    [JsonProperty("clustering")]
    public virtual Clustering? Clustering { get; set; }

    /// <summary>CREATE_IF_NEEDED or CREATE_NEVER.</summary>
    [JsonProperty("createDisposition")]
    public virtual string? CreateDisposition { get; set; }

    /// <summary>The dataset of tables named without one.</summary>
    [JsonProperty("defaultDataset")]
    public virtual DatasetReference? DefaultDataset { get; set; }

    /// <summary>Where the rows go; null for a temporary table.</summary>
    [JsonProperty("destinationTable")]
    public virtual TableReference? DestinationTable { get; set; }

    /// <summary>Only for legacy SQL.</summary>
    [JsonProperty("flattenResults")]
    public virtual bool? FlattenResults { get; set; }

    /// <summary>Highest billing tier allowed.</summary>
    [JsonProperty("maximumBillingTier")]
    public virtual int? MaximumBillingTier { get; set; }

    /// <summary>The query fails, unbilled, when it would bill more.</summary>
    [JsonProperty("maximumBytesBilled")]
    public virtual long? MaximumBytesBilled { get; set; }

    /// <summary>NAMED or POSITIONAL.</summary>
    [JsonProperty("parameterMode")]
    public virtual string? ParameterMode { get; set; }

    /// <summary>INTERACTIVE or BATCH.</summary>
    [JsonProperty("priority")]
    public virtual string? Priority { get; set; }

    /// <summary>The text of the query.</summary>
    [JsonProperty("query")]
    public virtual string? Query { get; set; }

    /// <summary>Values for the parameters in the text.</summary>
    [JsonProperty("queryParameters")]
    public virtual IList<QueryParameter>? QueryParameters { get; set; }

    /// <summary>How the destination may change.</summary>
    [JsonProperty("schemaUpdateOptions")]
    public virtual IList<string>? SchemaUpdateOptions { get; set; }

    /// <summary>Partitioning of the destination table.</summary>
    [JsonProperty("timePartitioning")]
    public virtual TimePartitioning? TimePartitioning { get; set; }

    /// <summary>False for GoogleSQL.</summary>
    [JsonProperty("useLegacySql")]
    public virtual bool? UseLegacySql { get; set; }

    /// <summary>Whether a cached answer will do.</summary>
    [JsonProperty("useQueryCache")]
    public virtual bool? UseQueryCache { get; set; }

    /// <summary>WRITE_TRUNCATE, WRITE_APPEND or WRITE_EMPTY.</summary>
    [JsonProperty("writeDisposition")]
    public virtual string? WriteDisposition { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
