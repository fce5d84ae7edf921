using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Where the history tables live and how statements are bounded. Section <c>BigQuery</c>.</summary>
public sealed class BigQueryOptions
{
    /// <summary>Google Cloud project that holds the dataset and runs the jobs. Required.</summary>
    [Required]
    public string ProjectId { get; set; } = "";

    /// <summary>Dataset of the history tables and of the app's own <c>_sync_</c> tables; made when absent. Letters, digits and underscores.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_]{1,1024}$", ErrorMessage = "BigQuery:Dataset may hold letters, digits and underscores only.")]
    public string Dataset { get; set; } = "";

    /// <summary>Location of the dataset and its jobs, for example <c>EU</c>. Default: BigQuery's own default.</summary>
    public string? Location { get; set; }

    /// <summary>Another address of the REST API, ending in <c>/bigquery/v2/</c>. Default: Google's.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>A statement that would bill more bytes than this is refused by BigQuery. Default: no limit.</summary>
    [Range(10L * 1024 * 1024, long.MaxValue)]
    public long? MaximumBytesBilled { get; set; }

    /// <summary>Batches of more rows than this are loaded into a staging table instead of travelling as a parameter. Default 1,000.</summary>
    [Range(1, 5000)]
    public int LargestParameterBatch { get; set; } = 1_000;

    /// <summary>Batches of more bytes than this are loaded into a staging table. Default 4 MiB; BigQuery takes requests of 10 MB.</summary>
    [Range(1024, 8_000_000)]
    public int LargestParameterBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>A statement takes no more rows than this; larger batches are cut. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int LargestGroupRows { get; set; } = 5_000;

    /// <summary>A statement takes no more bytes of records than this, a single record apart; bounds the app's memory. Default 16 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int LargestGroupBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// A table's statements are on average this far apart, whatever the event rate; what arrives meanwhile shares the next one. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StatementInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>First wait after a quota was met; doubled twice, then the orchestration waits on. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan QuotaDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a statement is tried when BigQuery asks for patience. Default 8.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 8;
}

[OptionsValidator]
internal sealed partial class BigQueryOptionsValidator : IValidateOptions<BigQueryOptions>;
