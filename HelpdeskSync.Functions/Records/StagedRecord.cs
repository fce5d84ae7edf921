using System.Buffers;
using System.Globalization;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Records;

/// <summary>One line of a staged batch: what the helpdesk said of one record, and when it was asked.</summary>
/// <param name="Key">The record.</param>
/// <param name="ObservedAt">When the request was sent.</param>
/// <param name="Record">The record's document; null when it is gone.</param>
public sealed record StagedRecord(RecordKey Key, DateTimeOffset ObservedAt, JsonElement? Record)
{
    /// <summary>The line's bytes.</summary>
    public ReadOnlyMemory<byte> ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", Key.Id);
            if (Key.ParentId is { } parent)
            {
                writer.WriteString("parentId", parent);
            }

            writer.WriteNumber("observedAt", ObservedAt.ToUnixTimeMilliseconds());
            if (Record is { } record)
            {
                writer.WritePropertyName("record");
                record.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is not one that <see cref="ToLine"/> wrote.</exception>
    public static StagedRecord Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new(
            new(root.GetProperty("id").GetString()!, root.TryGetProperty("parentId", out var parent) ? parent.GetString() : null),
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("observedAt").GetInt64()),
            root.TryGetProperty("record", out var record) ? record.Clone() : null);
    }
}

/// <summary>One line of a batch of keys.</summary>
internal static class StagedKey
{
    /// <summary>The line's bytes.</summary>
    public static ReadOnlyMemory<byte> ToLine(RecordKey key) => JsonSerializer.SerializeToUtf8Bytes(key);

    /// <summary>Reads a line.</summary>
    public static RecordKey Read(ReadOnlyMemory<byte> line) => JsonSerializer.Deserialize<RecordKey>(line.Span)
        ?? throw new JsonException("A line of a batch of keys holds null.");
}

/// <summary>Names of staged batches: <c>{run}/{table}/{kind}-{chunk}</c>.</summary>
internal static class BatchNames
{
    /// <summary>A batch's name.</summary>
    public static string Of(string run, string table, string kind, int chunk) =>
        $"{Prefix(run, table, kind)}{chunk.ToString("D6", CultureInfo.InvariantCulture)}";

    /// <summary>A batch's name whose chunk is known by a text, as a window is.</summary>
    public static string Of(string run, string table, string kind, string chunk) => Prefix(run, table, kind) + chunk;

    /// <summary>What the names of all chunks begin with.</summary>
    public static string Prefix(string run, string table, string kind) => $"{run}/{table}/{kind}-";
}
