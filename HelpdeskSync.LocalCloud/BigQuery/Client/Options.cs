using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>What calls that make a job have in common.</summary>
public abstract class JobCreationOptions
{
    /// <summary>The job's id; random when null.</summary>
    public string? JobId { get; set; }

    /// <summary>What a random id begins with.</summary>
    public string? JobIdPrefix { get; set; }

    /// <summary>Where the job runs.</summary>
    public string? JobLocation { get; set; }

    /// <summary>Labels of the job.</summary>
    public IDictionary<string, string>? Labels { get; set; }

    /// <summary>The project that runs the job.</summary>
    public string? ProjectId { get; set; }
}

/// <summary>Options of queries.</summary>
public sealed class QueryOptions : JobCreationOptions
{
    /// <summary>The dataset of tables that are named without one.</summary>
    public DatasetReference? DefaultDataset { get; set; }

    /// <summary>Checks the query without running it.</summary>
    public bool? DryRun { get; set; }

    /// <summary>A query that would bill more bytes is refused.</summary>
    public long? MaximumBytesBilled { get; set; }

    /// <summary>Legacy SQL; the local BigQuery refuses it.</summary>
    public bool? UseLegacySql { get; set; }

    /// <summary>Whether a cached answer is taken.</summary>
    public bool? UseQueryCache { get; set; }
}

/// <summary>Options of reading results.</summary>
public sealed class GetQueryResultsOptions
{
    /// <summary>Rows a page.</summary>
    public int? PageSize { get; set; }

    /// <summary>The page to begin with.</summary>
    public string? PageToken { get; set; }
}

/// <summary>Options of JSON uploads.</summary>
public sealed class UploadJsonOptions : JobCreationOptions
{
    /// <summary>Whether unknown fields are ignored instead of refused.</summary>
    public bool? AllowUnknownFields { get; set; }

    /// <summary>Whether the schema is guessed.</summary>
    public bool? Autodetect { get; set; }

    /// <summary>How many bad rows are let pass.</summary>
    public int? MaxBadRecords { get; set; }

    /// <summary>What happens to rows that stand.</summary>
    public WriteDisposition? WriteDisposition { get; set; }
}

/// <summary>Options of looking a job up.</summary>
public sealed class GetJobOptions;

/// <summary>Options of cancelling a job.</summary>
public sealed class CancelJobOptions;

/// <summary>Options of looking a dataset up.</summary>
public sealed class GetDatasetOptions;

/// <summary>Options of making a dataset.</summary>
public sealed class CreateDatasetOptions;

/// <summary>Options of looking a table up.</summary>
public sealed class GetTableOptions;

/// <summary>Options of deleting a table.</summary>
public sealed class DeleteTableOptions;
