using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>What a load job reads and where it writes.</summary>
public class JobConfigurationLoad : IDirectResponseSchema
{
    /// <summary>Guess the columns from the data.</summary>
    [JsonProperty("autodetect")]
    public virtual bool? Autodetect { get; set; }

    /// <summary>Clustering of a table made by the load.</summary>
    [JsonProperty("clustering")]
    public virtual Clustering? Clustering { get; set; }

    /// <summary>CREATE_IF_NEEDED or CREATE_NEVER.</summary>
    [JsonProperty("createDisposition")]
    public virtual string? CreateDisposition { get; set; }

    /// <summary>The table written to.</summary>
    [JsonProperty("destinationTable")]
    public virtual TableReference? DestinationTable { get; set; }

    /// <summary>Drop fields that the table does not have instead of refusing the row.</summary>
    [JsonProperty("ignoreUnknownValues")]
    public virtual bool? IgnoreUnknownValues { get; set; }

    /// <summary>Rows that may be refused before the job fails. Default 0.</summary>
    [JsonProperty("maxBadRecords")]
    public virtual int? MaxBadRecords { get; set; }

    /// <summary>The columns; may be left out when the table exists.</summary>
    [JsonProperty("schema")]
    public virtual TableSchema? Schema { get; set; }

    /// <summary>How the destination may change.</summary>
    [JsonProperty("schemaUpdateOptions")]
    public virtual IList<string>? SchemaUpdateOptions { get; set; }

    /// <summary>NEWLINE_DELIMITED_JSON, CSV and others.</summary>
    [JsonProperty("sourceFormat")]
    public virtual string? SourceFormat { get; set; }

    /// <summary>Addresses of the files; empty for uploads.</summary>
    [JsonProperty("sourceUris")]
    public virtual IList<string>? SourceUris { get; set; }

    /// <summary>Partitioning of a table made by the load.</summary>
    [JsonProperty("timePartitioning")]
    public virtual TimePartitioning? TimePartitioning { get; set; }

    /// <summary>WRITE_APPEND, WRITE_TRUNCATE or WRITE_EMPTY.</summary>
    [JsonProperty("writeDisposition")]
    public virtual string? WriteDisposition { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
