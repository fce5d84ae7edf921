using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>A record on its way into a statement: flattened, hashed, dated.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="ObservedAt">When it was asked for; whole milliseconds.</param>
/// <param name="ModifiedAt">Its modified time, where it has one.</param>
/// <param name="Hash">Its hash; null when it is gone.</param>
/// <param name="Fields">Its columns; of a record that is gone, its id alone.</param>
/// <param name="Size">Bytes of its document.</param>
public sealed record HistoryRow(
    string Id, DateTimeOffset ObservedAt, DateTimeOffset? ModifiedAt, string? Hash, IReadOnlyList<FlatField> Fields, int Size);

/// <summary>Makes the rows of one entity's records. Safe to use from many threads: each borrows a reader that remembers the records' shape.</summary>
internal sealed class HistoryRows(Entity entity, HistoryOptions options)
{
    private readonly ConcurrentBag<RecordReader> _idle = [];

    /// <summary>The row of a staged record.</summary>
    public HistoryRow From(StagedRecord staged)
    {
        var observed = staged.ObservedAt.ToWholeMilliseconds();
        if (staged.Record is not { } record)
        {
            return new(staged.Key.Id, observed, null, null, [new FlatField("id", ColumnType.String, staged.Key.Id, JsonValueKind.String)], 0);
        }

        var reader = _idle.TryTake(out var idle) ? idle : new RecordReader(entity, options.Naming, options.NamesOf(entity.Table));
        var (hash, fields) = reader.Read(record, staged.Key);
        var row = new HistoryRow(
            staged.Key.Id, observed, record.ReadTime(entity.ModifiedTimeField), hash, fields, JsonMarshal.GetRawUtf8Value(record).Length);
        _idle.Add(reader);
        return row;
    }
}
