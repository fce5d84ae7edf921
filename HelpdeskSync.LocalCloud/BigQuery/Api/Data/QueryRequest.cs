using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The body of jobs.query.</summary>
public class QueryRequest : IDirectResponseSchema
{
    /// <summary>The dataset of tables named without one.</summary>
    [JsonProperty("defaultDataset")]
    public virtual DatasetReference? DefaultDataset { get; set; }

    /// <summary>Check and estimate only.</summary>
    [JsonProperty("dryRun")]
    public virtual bool? DryRun { get; set; }

    /// <summary>How values are written in the answer.</summary>
    [JsonProperty("formatOptions")]
    public virtual DataFormatOptions? FormatOptions { get; set; }

    /// <summary>Milliseconds after which the job is stopped.</summary>
    [JsonProperty("jobTimeoutMs")]
    public virtual long? JobTimeoutMs { get; set; }

    /// <summary>Always bigquery#queryRequest.</summary>
    [JsonProperty("kind")]
    public virtual string? Kind { get; set; }

    /// <summary>Labels for reports of cost.</summary>
    [JsonProperty("labels")]
    public virtual IDictionary<string, string>? Labels { get; set; }

    /// <summary>Where the job runs.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>Rows in one page.</summary>
    [JsonProperty("maxResults")]
    public virtual long? MaxResults { get; set; }

    /// <summary>The query fails, unbilled, when it would bill more.</summary>
    [JsonProperty("maximumBytesBilled")]
    public virtual long? MaximumBytesBilled { get; set; }

    /// <summary>NAMED or POSITIONAL.</summary>
    [JsonProperty("parameterMode")]
    public virtual string? ParameterMode { get; set; }

    /// <summary>The text of the query.</summary>
    [JsonProperty("query")]
    public virtual string? Query { get; set; }

    /// <summary>Values for the parameters in the text.</summary>
    [JsonProperty("queryParameters")]
    public virtual IList<QueryParameter>? QueryParameters { get; set; }

    /// <summary>Makes a repeated request harmless.</summary>
    [JsonProperty("requestId")]
    public virtual string? RequestId { get; set; }

    /// <summary>Milliseconds to wait for the end before answering.</summary>
    [JsonProperty("timeoutMs")]
    public virtual long? TimeoutMs { get; set; }

    /// <summary>False for GoogleSQL.</summary>
    [JsonProperty("useLegacySql")]
    public virtual bool? UseLegacySql { get; set; }

    /// <summary>Whether a cached answer will do.</summary>
    [JsonProperty("useQueryCache")]
    public virtual bool? UseQueryCache { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
