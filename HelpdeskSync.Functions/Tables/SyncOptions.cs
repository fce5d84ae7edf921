using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>How runs read the helpdesk and when they stop to ask. Section <c>Sync</c>.</summary>
public sealed class SyncOptions
{
    /// <summary>How long a change may take to show up in the helpdesk's search. The watermark stays this far behind the run's start. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IndexLag { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far before the watermark an incremental run reads again. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Nothing in the helpdesk is older than this. Default 2000-01-01.</summary>
    public DateTimeOffset Epoch { get; set; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Records fetched and written by one activity. Default 250.</summary>
    [Range(1, 5000)]
    public int ChunkSize { get; set; } = 250;

    /// <summary>A run with more deletion candidates than this, and than <see cref="DeletionGuardShare"/>, waits for approval. Default 50.</summary>
    [Range(0, int.MaxValue)]
    public int DeletionGuardMinimum { get; set; } = 50;

    /// <summary>Share of a table's active rows above which deletion candidates wait for approval. 0 to 1, default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double DeletionGuardShare { get; set; } = 0.05;

    /// <summary>How long a full run waits for that approval; without it the candidates stay as they are. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan ApprovalWait { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long staged batches are kept. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan KeepBatches { get; set; } = TimeSpan.FromDays(7);
}

[OptionsValidator]
internal sealed partial class SyncOptionsValidator : IValidateOptions<SyncOptions>;
