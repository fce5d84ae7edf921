using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Functions.Records;

/// <summary>A record that could not be had.</summary>
/// <param name="Key">The record.</param>
/// <param name="Reason">Why; never holds the record's content.</param>
public sealed record SyncFailure(RecordKey Key, string Reason);

/// <summary>The records that could not be had, in <c>_sync_failures</c>: every later run tries them again first.</summary>
public sealed class SyncFailures(Warehouse warehouse, SqlNames names, OwnTables own, TimeProvider time)
{
    /// <summary>Puts failures down; of one that stands already the attempts are counted.</summary>
    public async Task NoteAsync(Entity entity, string run, IReadOnlyList<SyncFailure> failures, Spending? spending, CancellationToken cancellationToken)
    {
        if (failures.Count == 0)
        {
            return;
        }

        await own.EnsureAsync(cancellationToken);
        var rows = failures.DistinctBy(failure => failure.Key.Id).Select(failure => new { id = failure.Key.Id, parent = failure.Key.ParentId, reason = failure.Reason });
        await warehouse.ExecuteAsync(
            "note_failures",
            SyncFailuresSql.Note(names.Own("failures")),
            [
                new("failures", BigQueryDbType.String, JsonSerializer.Serialize(rows)),
                new("table", BigQueryDbType.String, entity.Table),
                new("run", BigQueryDbType.String, run),
                new("now", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
            ],
            spending,
            cancellationToken);
    }

    /// <summary>Strikes records that were written after all.</summary>
    public async Task ClearAsync(Entity entity, IReadOnlyList<string> ids, Spending? spending, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return;
        }

        // A record that is gone may be the first thing that the app ever looks at.
        await own.EnsureAsync(cancellationToken);
        await warehouse.ExecuteAsync(
            "clear_failures",
            SyncFailuresSql.Clear(names.Own("failures")),
            [
                new("table", BigQueryDbType.String, entity.Table),
                new("ids", BigQueryDbType.Array, ids) { ArrayElementType = BigQueryDbType.String },
            ],
            spending,
            cancellationToken);
    }

    /// <summary>Stages the keys of a table's records that failed earlier, as batches of some kind.</summary>
    /// <returns>How many batches there are.</returns>
    internal async Task<int> StageAsync(
        IStagedBatches batches, string run, Entity entity, string kind, int chunkSize, Spending spending, CancellationToken cancellationToken)
    {
        var chunks = new KeyChunks(batches, run, entity.Table, kind, chunkSize);
        await foreach (var key in ReadAsync(entity, spending, cancellationToken))
        {
            await chunks.AddAsync(key, cancellationToken);
        }

        await chunks.FlushAsync(cancellationToken);
        return chunks.Chunks;
    }

    /// <summary>The records of a table that failed earlier.</summary>
    private async IAsyncEnumerable<RecordKey> ReadAsync(
        Entity entity, Spending spending, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        var sql = SyncFailuresSql.Read(names.Own("failures"));
        await foreach (var row in warehouse.QueryAsync("read_failures", sql, [new("table", BigQueryDbType.String, entity.Table)], spending, cancellationToken))
        {
            yield return new(row.Text("id"), row["parent_id"] as string);
        }
    }

    /// <summary>How many records stand, by table; a table with none is absent.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var sql = SyncFailuresSql.Count(names.Own("failures"));
        await foreach (var row in warehouse.QueryAsync("count_failures", sql, [], cancellationToken))
        {
            counts[row.Text("table_name")] = row.Number("records");
        }

        return counts;
    }
}
