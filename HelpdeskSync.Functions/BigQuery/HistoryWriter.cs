using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Writes observations into history tables, one writer a table in each process: whatever arrives while a statement runs goes into the next one.</summary>
/// <remarks>BigQuery runs two mutations of a table at once and queues twenty; event rate must not become statement rate.</remarks>
public sealed class HistoryWriter(
    HistoryStatements statements, Instruments instruments, IOptions<BigQueryOptions> bigQuery, IOptions<HistoryOptions> history, TimeProvider time)
    : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Table>> _tables = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();

    /// <summary>Writes observations of one entity; returns when they are in BigQuery. Safe to repeat: what stands already is counted as unchanged.</summary>
    /// <exception cref="WarehouseException">BigQuery refused, or stayed unable for all attempts.</exception>
    /// <exception cref="OperationCanceledException">The app is stopping, or the caller gave up.</exception>
    public Task<WriteCounts> WriteAsync(Entity entity, IReadOnlyList<StagedRecord> records, CancellationToken cancellationToken) =>
        WriteAsync(entity, records.ToAsyncEnumerable(), cancellationToken);

    /// <summary>The same for any number of observations: they are read as they are written, one slice ahead, so that memory stays flat.</summary>
    public async Task<WriteCounts> WriteAsync(Entity entity, IAsyncEnumerable<StagedRecord> records, CancellationToken cancellationToken)
    {
        var table = _tables.GetOrAdd(entity.HistoryTable, _ => new(() => NewTable(entity))).Value;
        var counts = WriteCounts.None;
        var running = Task.FromResult(WriteCounts.None);
        try
        {
            await foreach (var slice in SlicesAsync(table.Rows, records, cancellationToken))
            {
                counts = counts.Plus(await running);
                running = table.Writer.WriteAsync(slice, cancellationToken);
            }
        }
        finally
        {
            // Where the reading failed, the slice under way is still waited for: nothing runs on behind the caller's back.
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return counts.Plus(await running);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the statements under way, and begins no others. When the host's patience is over, they are given up.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await using var patience = cancellationToken.Register(_abandon.Cancel);
        await Task.WhenAll(_tables.Values.Select(table => table.Value.Writer.Completion));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private Table NewTable(Entity entity) => new(
        new HistoryRows(entity, history.Value), new TableWriter(entity, statements, instruments, bigQuery.Value, time, _stopping.Token, _abandon.Token));

    private async IAsyncEnumerable<List<HistoryRow>> SlicesAsync(
        HistoryRows rows, IAsyncEnumerable<StagedRecord> records, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var slice = new List<HistoryRow>();
        var bytes = 0L;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            var row = rows.From(record);
            if (slice.Count > 0 && (slice.Count == bigQuery.Value.LargestGroupRows || bytes + row.Size > bigQuery.Value.LargestGroupBytes))
            {
                yield return slice;
                (slice, bytes) = ([], 0);
            }

            slice.Add(row);
            bytes += row.Size;
        }

        if (slice.Count > 0)
        {
            yield return slice;
        }
    }

    private sealed record Table(HistoryRows Rows, TableWriter Writer);
}
