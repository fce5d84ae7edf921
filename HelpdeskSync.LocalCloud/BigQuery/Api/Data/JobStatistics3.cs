using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>What a load job did.</summary>
public class JobStatistics3 : IDirectResponseSchema
{
    /// <summary>Rows refused.</summary>
    [JsonProperty("badRecords")]
    public virtual long? BadRecords { get; set; }

    /// <summary>Bytes read.</summary>
    [JsonProperty("inputFileBytes")]
    public virtual long? InputFileBytes { get; set; }

    /// <summary>Files read.</summary>
    [JsonProperty("inputFiles")]
    public virtual long? InputFiles { get; set; }

    /// <summary>Bytes written.</summary>
    [JsonProperty("outputBytes")]
    public virtual long? OutputBytes { get; set; }

    /// <summary>Rows written.</summary>
    [JsonProperty("outputRows")]
    public virtual long? OutputRows { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
