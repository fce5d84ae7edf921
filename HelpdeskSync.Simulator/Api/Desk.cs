using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>What the endpoints of all tables share: looking records up and writing pages.</summary>
internal sealed class Desk(HelpdeskTruth truth, RecordWriter writer, SimulatorOptions options)
{
    private const int MaxFields = 30;

    public HelpdeskTruth Truth => truth;

    public int LongestThreadContent => options.LongestThreadContent;

    public bool SearchShowsArchived => options.SearchShowsArchived;

    public World World => truth.World;

    public RecordWriter Writer => writer;

    public int Detail(ApiCall call, Table table, string idName)
    {
        var record = truth.Find(table, call.Ordinal(table, idName)) ?? throw ApiRefusalException.NotFound();
        writer.Write(call.Json, record, Shape.Detail, call.Include);
        return StatusCodes.Status200OK;
    }

    /// <summary>{"data":[...]} and, for searches, the size of the whole match; 204 when the page is empty.</summary>
    public int Page(ApiCall call, IReadOnlyList<RecordView> rows, Shape shape, int? count = null)
    {
        if (rows.Count == 0)
        {
            return StatusCodes.Status204NoContent;
        }

        var fields = call.Values("fields");
        CheckFields(fields, rows[0]);
        call.Json.WriteStartObject();
        call.Json.WriteStartArray("data"u8);
        foreach (var row in rows)
        {
            if (fields.Length > 0)
            {
                Projected(row, fields).WriteTo(call.Json);
            }
            else
            {
                writer.Write(call.Json, row, shape, call.Include);
            }
        }

        call.Json.WriteEndArray();
        if (count is { } total)
        {
            call.Json.Count("count"u8, total);
        }

        call.Json.WriteEndObject();
        return StatusCodes.Status200OK;
    }

    /// <summary>Only the named fields, from detail or row; custom fields come back null, as reported of the live API.</summary>
    private JsonObject Projected(RecordView row, string[] fields)
    {
        var detail = writer.Document(row);
        var listed = writer.Document(row, Shape.ListRow);
        var projected = new JsonObject { ["id"] = detail["id"]?.DeepClone() };
        foreach (var field in fields)
        {
            projected[field] = field is "cf" or "customFields" ? null : (detail[field] ?? listed[field])?.DeepClone();
        }

        return projected;
    }

    private void CheckFields(string[] fields, RecordView sample)
    {
        if (fields.Length > MaxFields || fields.Contains("isArchived"))
        {
            throw ApiRefusalException.Invalid("fields", "At most 30 fields can be named, and isArchived is none of them.");
        }

        if (fields.Length > 0 && writer.Document(sample) is var detail && writer.Document(sample, Shape.ListRow) is var listed
            && fields.Any(field => !detail.ContainsKey(field) && !listed.ContainsKey(field)))
        {
            throw ApiRefusalException.Internal();
        }
    }
}
