using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>A record on its way into a statement: flattened, hashed, dated.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="ObservedAt">When it was asked for.</param>
/// <param name="ModifiedAt">Its modified time, where it has one.</param>
/// <param name="Hash">Its hash; null when it is gone.</param>
/// <param name="Fields">Its columns; of a record that is gone, its id alone.</param>
public sealed record HistoryRow(string Id, DateTimeOffset ObservedAt, DateTimeOffset? ModifiedAt, string? Hash, IReadOnlyList<FlatField> Fields)
{
    /// <summary>Makes the row of a staged record.</summary>
    public static HistoryRow From(StagedRecord staged, Entity entity, RecordFlattener flattener)
    {
        if (staged.Record is not { } record)
        {
            return new(staged.Key.Id, staged.ObservedAt, null, null, [new FlatField("id", ColumnType.String, staged.Key.Id, JsonValueKind.String)]);
        }

        DateTimeOffset? modified = entity.ModifiedTimeField is { } field
            && record.TryGetProperty(field, out var value) && HelpdeskTime.TryRead(value, out var time) ? time : null;
        return new(staged.Key.Id, staged.ObservedAt, modified, RecordHash.Of(record, entity.VolatileFields), flattener.Flatten(record, staged.Key, entity));
    }
}

/// <summary>Rows with the columns they are written to: the shape that a statement or a load job takes.</summary>
/// <param name="Columns">The record columns in use, with the types they have in the table.</param>
/// <param name="Lines">A JSON object a row.</param>
internal sealed record HistoryBatch(IReadOnlyList<Column> Columns, IReadOnlyList<string> Lines)
{
    /// <summary>Writes rows for columns that all fit (see <see cref="SchemaFitter"/>).</summary>
    public static HistoryBatch From(IReadOnlyList<HistoryRow> rows, ImmutableDictionary<string, ColumnType> columns)
    {
        var used = new SortedDictionary<string, Column>(StringComparer.OrdinalIgnoreCase);
        var lines = rows.Select(row => Line(row, columns, used)).ToList();
        return new([.. used.Values], lines);
    }

    private static string Line(HistoryRow row, ImmutableDictionary<string, ColumnType> columns, SortedDictionary<string, Column> used)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in row.Fields)
            {
                var column = SchemaFitter.ColumnOf(field, columns);
                if (!used.TryGetValue(column.Name, out var known))
                {
                    used.Add(column.Name, known = column);
                }

                if (field.Text is { } text)
                {
                    WriteValue(writer, known, text);
                }
            }

            WriteSystem(writer, row);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter writer, Column column, string text)
    {
        writer.WritePropertyName(column.Name);
        switch (column.Type)
        {
            case ColumnType.Bool or ColumnType.Float64:
                writer.WriteRawValue(text);
                break;
            case ColumnType.Timestamp when HelpdeskTime.TryRead(JsonSerializer.SerializeToElement(text), out var time):
                writer.WriteStringValue(HelpdeskTime.Write(time));
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    private static void WriteSystem(Utf8JsonWriter writer, HistoryRow row)
    {
        if (row.Hash is { } hash)
        {
            writer.WriteString(SystemColumns.RowHash, hash);
        }

        writer.WriteString("_observed", HelpdeskTime.Write(row.ObservedAt));
        if (row.ModifiedAt is { } modified)
        {
            writer.WriteString("_modified", HelpdeskTime.Write(modified));
        }

        writer.WriteBoolean("_gone", row.Hash is null);
    }
}
