using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Operations.Measures;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Puts the status together; the answer is given again for a few seconds, to however many pages ask.</summary>
public sealed partial class StatusReader(
    Connector connector, WarehouseStatus warehouse, Orchestrations orchestrations, MeasureLog log, IOptions<OperationsOptions> options,
    TimeProvider time, ILogger<StatusReader> logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    private readonly CachedAnswer<StatusReport> _report = new(options.Value.StatusFor, s_patience, time);
    private WarehouseSnapshot? _last;

    /// <summary>The status, at most <see cref="OperationsOptions.StatusFor"/> old. Where BigQuery cannot be asked, its last answer and why.</summary>
    public Task<StatusReport> GetAsync(DurableTaskClient client, CancellationToken cancellationToken) =>
        _report.GetAsync(token => ReadAsync(client, token), cancellationToken);

    private async Task<StatusReport> ReadAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var asked = AskWarehouseAsync(cancellationToken);
        var (running, recent, checks) = await orchestrations.ReadAsync(client, cancellationToken);
        var (snapshot, fault) = await asked;
        var now = time.GetUtcNow();
        var sums = new MeasuredHours([.. snapshot?.Sums ?? [], .. MeasuredHours.Of(log.Unwritten().Rows, now)], now);
        var tables = connector.Entities.Select(entity => Table(entity, snapshot, sums, now)).ToList();
        var notes = StatusNotes.Of(tables, running, recent, fault, options.Value, now);
        return new(
            now, snapshot is null ? "unknown" : notes.Count == 0 ? "good" : "attention", notes, tables, running, recent, checks, snapshot?.Failures ?? [], sums.Hours,
            new(sums.Spent(TimeSpan.FromDays(1)), sums.Spent(TimeSpan.FromDays(7)), log.CreditsLeft), snapshot?.At, fault);
    }

    private async Task<(WarehouseSnapshot? Snapshot, string? Fault)> AskWarehouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (_last = await warehouse.GetAsync(cancellationToken), null);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, a refused credential included: Durable's part is told all the same, and this one's lack with its reason.
            LogNotAsked(logger, failure);
            return (_last, failure is OperationCanceledException
                ? "BigQuery did not answer in time. The figures are asked for again with the next look."
                : $"BigQuery could not be asked: {failure.Message}");
        }
    }

    private static TableStatus Table(Entity entity, WarehouseSnapshot? snapshot, MeasuredHours sums, DateTimeOffset now)
    {
        var count = snapshot?.Counts.GetValueOrDefault(entity.Table);
        DateTimeOffset? watermark = snapshot is not null && snapshot.Watermarks.TryGetValue(entity.Table, out var known) ? known : null;
        TableRunStatus? Last(string mode) => snapshot?.Runs.FirstOrDefault(run => run.Table == entity.Table && run.Mode == mode)?.Run;
        return new(
            entity.Table, entity.HistoryTable, entity.Parent, count?.Active, count?.Versions, count?.LastSynced, sums.RecentLatency(entity.Table),
            Last("incremental"), Last("full"), watermark, (now - watermark)?.TotalSeconds, snapshot?.FailureCounts.GetValueOrDefault(entity.Table) ?? 0);
    }

    [LoggerMessage(4002, LogLevel.Warning, "The status is given without BigQuery's part")]
    private static partial void LogNotAsked(ILogger logger, Exception exception);
}
