using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes any record in any shape, with planted fields over the generated ones.</summary>
internal sealed class RecordWriter(World world, Dialect dialect)
{
    /// <summary>Non-ASCII stays as it is, as Zoho sends it.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public void Write(Utf8JsonWriter json, RecordView record, Shape shape, string[]? include = null)
    {
        if (record.Planted is null)
        {
            WriteGenerated(json, record, shape, include ?? []);
            return;
        }

        WithPlanted(record, shape, include ?? []).WriteTo(json);
    }

    /// <summary>The document as its endpoint would answer, in memory.</summary>
    public JsonObject Document(RecordView record, Shape shape = Shape.Detail) => WithPlanted(record, shape, []);

    /// <summary>The document's bytes without a line break at the end.</summary>
    public void Write(IBufferWriter<byte> output, RecordView record, Shape shape = Shape.Detail)
    {
        using var json = new Utf8JsonWriter(output, Options);
        Write(json, record, shape);
    }

    private JsonObject WithPlanted(RecordView record, Shape shape, string[] include)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            WriteGenerated(json, record, shape, include);
        }

        var document = JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
        foreach (var (name, value) in record.Planted ?? [])
        {
            if (shape == Shape.Detail || document.ContainsKey(name))
            {
                document[name] = value?.DeepClone();
            }
        }

        return document;
    }

    private void WriteGenerated(Utf8JsonWriter json, RecordView record, Shape shape, string[] include)
    {
        json.WriteStartObject();
        switch (record.Table)
        {
            case Table.Tickets:
                TicketDocument.Write(json, world, record, shape);
                break;
            case Table.Contacts:
                ContactDocument.Write(json, world, record, shape);
                break;
            case Table.Threads:
                ThreadDocument.Write(json, world, record, shape);
                break;
            case Table.Comments:
                CommentDocument.Write(json, world, record);
                break;
            case Table.Agents:
                AgentDocument.Write(json, world, record, shape);
                break;
            default:
                DepartmentDocument.Write(json, world, record, shape);
                break;
        }

        if (dialect == Dialect.Plain && shape == Shape.ListRow && record.Table is Table.Tickets or Table.Contacts)
        {
            json.Time("modifiedTime"u8, record.Modified);
        }

        Included.Write(json, world, record, include);
        json.WriteEndObject();
    }
}
