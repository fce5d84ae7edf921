using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Control;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.Simulator.OldConnector;

/// <summary>The old connector's tables: /_simulator/baseline.</summary>
internal static class OldHistoryEndpoints
{
    private static readonly JsonSerializerOptions s_lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(RouteGroupBuilder group, ControlParts parts)
    {
        var history = new OldHistory(parts.Truth, parts.Writer);
        group.MapPost("/baseline/sync", (string? tables, string? start) =>
        {
            var bySource = start switch
            {
                null or "modified" => true,
                "synced" => false,
                _ => throw new ChangeRefusedException(400, "start can be modified or synced."),
            };
            history.Sync(tables is null ? Tables.All : [.. tables.Split(',').Select(RecordEndpoints.TableOf)], parts.Now, bySource);
            return ControlJson.Ok(new { at = JsonFields.TimeText(parts.Now) });
        });
        group.MapGet("/baseline/{table}/schema", (string table) => ControlJson.Ok(Of(history, table).Schema));
        group.MapGet("/baseline/{table}", (string table) => Results.Text(
            string.Concat(Of(history, table).Rows.Select(row => row.ToJsonString(s_lines) + "\n")), "application/x-ndjson"));
    }

    private static (JsonArray Schema, IReadOnlyList<JsonObject> Rows) Of(OldHistory history, string table) => history.Find(RecordEndpoints.TableOf(table))
        ?? throw new ChangeRefusedException(404, "The old connector has never synced that table: POST /_simulator/baseline/sync.");
}
