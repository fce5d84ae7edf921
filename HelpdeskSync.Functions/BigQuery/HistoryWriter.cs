using System.Collections.Concurrent;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What became of observations, counted.</summary>
/// <param name="Inserted">Versions opened, or inserted between others.</param>
/// <param name="Closed">Records closed because they are gone.</param>
/// <param name="Unchanged">Observations of what stands already.</param>
/// <param name="Stale">Observations older than what stands.</param>
/// <param name="BytesBilled">Bytes billed.</param>
/// <param name="Statements">Statements run for them.</param>
public sealed record WriteCounts(long Inserted, long Closed, long Unchanged, long Stale, long BytesBilled, long Statements)
{
    /// <summary>Nothing written.</summary>
    public static WriteCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public WriteCounts Plus(WriteCounts other) => new(
        Inserted + other.Inserted, Closed + other.Closed, Unchanged + other.Unchanged, Stale + other.Stale,
        BytesBilled + other.BytesBilled, Statements + other.Statements);
}

/// <summary>Writes observations into history tables, one writer a table in each process: whatever arrives while a statement runs goes into the next one.</summary>
/// <remarks>BigQuery runs two mutations of a table at once and queues twenty; event rate must not become statement rate.</remarks>
public sealed class HistoryWriter(HistoryStatements statements, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, TableWriter> _writers = new(StringComparer.Ordinal);

    /// <summary>Writes observations of one entity; returns when they are in BigQuery. Safe to repeat: what stands already is counted as unchanged.</summary>
    /// <exception cref="WarehouseException">BigQuery refused, or stayed unable for all attempts.</exception>
    public Task<WriteCounts> WriteAsync(Entity entity, IReadOnlyList<StagedRecord> records, CancellationToken cancellationToken) =>
        records.Count == 0
            ? Task.FromResult(WriteCounts.None)
            : _writers.GetOrAdd(entity.HistoryTable, _ => new(entity, statements, lifetime.ApplicationStopping)).WriteAsync(records, cancellationToken);
}
