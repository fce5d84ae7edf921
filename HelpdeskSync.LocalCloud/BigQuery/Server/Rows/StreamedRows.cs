using System.Collections.Concurrent;
using System.Text.Json;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>A row of tabledata.insertAll; rows with an id seen within the last minute are dropped, as BigQuery does where it can.</summary>
internal sealed record StreamedRow(string? InsertId, JsonElement Json);

/// <summary>Why a streamed row was not taken.</summary>
internal sealed record StreamedRowError(int Index, string Reason, string Field, string Message);

/// <summary>tabledata.insertAll: rows go into the streaming buffer, where DML does not reach them for 30 minutes.</summary>
internal sealed class StreamedRows(RowStore store, Catalog catalog, Tables tables)
{
    private const long Remembered = 60_000;
    private readonly ConcurrentDictionary<(TableName Table, string Id), long> seen = new();

    /// <summary>Takes all rows, or none and the errors; with <paramref name="skipInvalid"/> the good ones go in.</summary>
    public IReadOnlyList<StreamedRowError> Insert(TableInfo table, IReadOnlyList<StreamedRow> rows, bool ignoreUnknown, bool skipInvalid)
    {
        var reader = new RowReader(table, ignoreUnknown);
        var good = new List<(StreamedRow Row, object?[] Values)>();
        var errors = new List<StreamedRowError>();
        for (var index = 0; index < rows.Count; index++)
        {
            try
            {
                good.Add((rows[index], reader.Read(rows[index].Json)));
            }
            catch (RowFault fault)
            {
                errors.Add(new(index, "invalid", fault.Field, fault.Message));
            }
        }

        if (errors.Count > 0 && !skipInvalid)
        {
            var wrong = errors.Select(error => error.Index).ToHashSet();
            return [.. errors.Concat(Enumerable.Range(0, rows.Count).Where(index => !wrong.Contains(index)).Select(index => new StreamedRowError(index, "stopped", "", ""))).OrderBy(error => error.Index)];
        }

        var fresh = good.Where(row => IsNew(table.Name, row.Row.InsertId)).ToList();
        if (fresh.Count > 0)
        {
            store.Append(table, fresh.Select(row => row.Values), truncate: false);
            var before = table.InStreamingBuffer(catalog.Now) ? table.StreamedRows : 0;
            tables.Change(table with { Streamed = catalog.Now, StreamedRows = before + fresh.Count });
        }

        return errors;
    }

    private bool IsNew(TableName table, string? id)
    {
        if (id is null)
        {
            return true;
        }

        var now = catalog.Now;
        foreach (var old in seen.Where(entry => entry.Value < now - Remembered))
        {
            seen.TryRemove(old);
        }

        return seen.TryAdd((table, id), now);
    }
}
