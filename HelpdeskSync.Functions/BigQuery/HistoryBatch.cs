using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using Microsoft.IO;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Rows in the shape that a statement or a load job takes: NDJSON in which every value is text, and the columns they go to.</summary>
/// <remarks>Texts in both ways into BigQuery, so that one conversion, the statement's, decides what a value becomes.</remarks>
internal sealed class HistoryBatch : IDisposable
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly Dictionary<string, Column> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly RecyclableMemoryStream _lines;

    private HistoryBatch(RecyclableMemoryStream lines) => _lines = lines;

    /// <summary>The record columns in use, by name, with the types they have in the table.</summary>
    public IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <summary>Length of the NDJSON, in bytes.</summary>
    public long Length => _lines.Length;

    /// <summary>The NDJSON; belongs to the batch.</summary>
    public Stream Lines => _lines;

    /// <summary>Writes rows for columns that all fit (see <see cref="SchemaFitter"/>).</summary>
    public static HistoryBatch From(IReadOnlyList<HistoryRow> rows, FrozenDictionary<string, ColumnType> columns, RecyclableMemoryStreamManager memory)
    {
        var batch = new HistoryBatch(memory.GetStream(nameof(HistoryBatch)));
        using var writer = new Utf8JsonWriter((System.Buffers.IBufferWriter<byte>)batch._lines, s_json);
        foreach (var row in rows)
        {
            if (batch._lines.Length > 0)
            {
                batch._lines.WriteByte((byte)'\n');
            }

            batch.Write(row, columns, writer);
            writer.Flush();
            writer.Reset();
        }

        batch.Columns = [.. batch._columns.Values.OrderBy(column => column.Name, StringComparer.OrdinalIgnoreCase)];
        return batch;
    }

    /// <summary>The rows as one JSON array. A line break can only stand between rows: within texts it is escaped.</summary>
    public string ToJsonArray() => $"[{Encoding.UTF8.GetString(_lines.GetReadOnlySequence()).Replace('\n', ',')}]";

    public void Dispose() => _lines.Dispose();

    private void Write(HistoryRow row, FrozenDictionary<string, ColumnType> columns, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var field in row.Fields)
        {
            var column = SchemaFitter.ColumnOf(field, columns);
            if (!_columns.TryGetValue(column.Name, out var known))
            {
                _columns.Add(column.Name, known = column);
            }

            if (!field.IsNull)
            {
                writer.WritePropertyName(known.Name);
                WriteValue(field, known, writer);
            }
        }

        WriteSystem(row, writer);
        writer.WriteEndObject();
    }

    private static void WriteValue(FlatField field, Column column, Utf8JsonWriter writer)
    {
        switch (column.Type)
        {
            case ColumnType.Timestamp when TimeColumn.TryWriteTimestamp(field, out var time):
                writer.WriteStringValue(time);
                break;
            case ColumnType.DateTime when TimeColumn.TryWriteDateTime(field, out var time):
                writer.WriteStringValue(time);
                break;
            case ColumnType.Json:
                writer.WriteStringValue(JsonColumn.Write(field));
                break;
            default:
                field.WriteTextTo(writer);
                break;
        }
    }

    private static void WriteSystem(HistoryRow row, Utf8JsonWriter writer)
    {
        if (row.Hash is { } hash)
        {
            writer.WriteString(SystemColumns.RowHash, hash);
        }

        writer.WriteString(BatchColumns.Observed, HelpdeskTime.Write(row.ObservedAt));
        if (row.ModifiedAt is { } modified)
        {
            writer.WriteString(BatchColumns.Modified, HelpdeskTime.Write(modified));
        }

        writer.WriteString(BatchColumns.Gone, row.Hash is null ? "true" : "false");
    }
}
