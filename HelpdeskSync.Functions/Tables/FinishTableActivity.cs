using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Ends a run's work on one table: its row in <c>_sync_runs</c>, and only then its watermark.</summary>
public sealed class FinishTableActivity(
    Connector connector, RunLog log, SyncState state, ListingStage stage, IStagedBatches batches, TimeProvider time, IOptions<SyncOptions> options)
{
    /// <summary>Finishes; safe to repeat.</summary>
    [Function(nameof(FinishTableActivity))]
    public async Task RunAsync([ActivityTrigger] FinishTableRequest request, CancellationToken cancellationToken)
    {
        var spending = new Spending();
        await stage.DropAsync(request.Run, connector.Table(request.Outcome.Table), spending, cancellationToken);
        var outcome = request.Outcome with { Cost = spending.Cost.Plus(request.Outcome.Cost) };
        await log.NoteAsync(request with { Outcome = outcome }, RunLog.StateOf(request), time.GetUtcNow(), cancellationToken);
        if (request.Watermark is { } watermark)
        {
            await state.AdvanceAsync(request.Outcome.Table, watermark, cancellationToken);
        }

        await batches.DeleteOlderThanAsync(time.GetUtcNow() - options.Value.KeepBatches, cancellationToken);
    }
}

/// <summary>A table whose work is done.</summary>
/// <param name="Run">The run.</param>
/// <param name="Mode">How it found what changed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="WindowFrom">Start of the window it read, where it read one.</param>
/// <param name="WindowTo">End of that window.</param>
/// <param name="Outcome">What it did.</param>
/// <param name="LeftForApproval">Deletion candidates that were left alone because nobody approved them.</param>
/// <param name="Watermark">Where the watermark goes; null leaves it.</param>
/// <param name="Detail">Why candidates were left alone.</param>
public sealed record FinishTableRequest(
    string Run, SyncMode Mode, DateTimeOffset StartedAt, DateTimeOffset? WindowFrom, DateTimeOffset? WindowTo, TableOutcome Outcome, long LeftForApproval,
    DateTimeOffset? Watermark, string? Detail = null);
