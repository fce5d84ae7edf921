using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The answer of jobs.query: the first page, when the query ended in time.</summary>
public class QueryResponse : IDirectResponseSchema
{
    /// <summary>Whether the answer came from the cache.</summary>
    [JsonProperty("cacheHit")]
    public virtual bool? CacheHit { get; set; }

    /// <summary>Rows changed by kind.</summary>
    [JsonProperty("dmlStats")]
    public virtual DmlStatistics? DmlStats { get; set; }

    /// <summary>Errors and warnings met.</summary>
    [JsonProperty("errors")]
    public virtual IList<ErrorProto>? Errors { get; set; }

    /// <summary>Whether the query has ended; without it there are no rows.</summary>
    [JsonProperty("jobComplete")]
    public virtual bool? JobComplete { get; set; }

    /// <summary>The job that made the answer.</summary>
    [JsonProperty("jobReference")]
    public virtual JobReference? JobReference { get; set; }

    /// <summary>Always bigquery#queryResponse.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Rows changed by DML; null for other statements.</summary>
    [JsonProperty("numDmlAffectedRows")]
    public virtual long? NumDmlAffectedRows { get; set; }

    /// <summary>Asks for the next page; null on the last.</summary>
    [JsonProperty("pageToken")]
    public virtual string? PageToken { get; set; }

    /// <summary>The query, when it ran without a job.</summary>
    [JsonProperty("queryId")]
    public virtual string? QueryId { get; set; }

    /// <summary>The rows of this page.</summary>
    [JsonProperty("rows")]
    public virtual IList<TableRow>? Rows { get; set; }

    /// <summary>The columns; null until the job is complete.</summary>
    [JsonProperty("schema")]
    public virtual TableSchema? Schema { get; set; }

    /// <summary>Bytes read.</summary>
    [JsonProperty("totalBytesProcessed")]
    public virtual long? TotalBytesProcessed { get; set; }

    /// <summary>Rows in all pages.</summary>
    [JsonProperty("totalRows")]
    public virtual ulong? TotalRows { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
