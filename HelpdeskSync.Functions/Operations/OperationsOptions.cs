using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations;

/// <summary>How the app is measured and shown. Section <c>Operations</c>.</summary>
public sealed class OperationsOptions
{
    /// <summary>How often what was measured is written to <c>_sync_measures</c>, in one statement however much it is. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MeasureEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long that is kept, in whole days. Default 35 days.</summary>
    [Range(typeof(TimeSpan), "8.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepMeasures { get; set; } = TimeSpan.FromDays(35);

    /// <summary>How long a status answer is given again, to however many pages. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan StatusFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How old the part of a status answer may be that costs BigQuery bytes. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan WarehouseFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a health answer is given again, so that probes cost nothing. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HealthFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A dependency that has not answered a health check by then counts as down. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long <c>POST /api/sync/{table}/{id}</c> waits for the outcome before it answers 202. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:03:00")]
    public TimeSpan RecordPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A table without a successful run for longer than this needs attention. Default 26 h: the daily run and two hours of grace.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromHours(26);

    /// <summary>Events that take longer than this to become rows (95th percentile of the last hour) need attention. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class OperationsOptionsValidator : IValidateOptions<OperationsOptions>;
