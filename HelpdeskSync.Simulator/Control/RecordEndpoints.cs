using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.Simulator.Control;

/// <summary>The truth and single changes: /_simulator/records and /_simulator/versions.</summary>
internal static class RecordEndpoints
{
    public static void Map(RouteGroupBuilder group, ControlParts parts)
    {
        group.MapGet("/records/{table}", (string table, bool? withParent, HttpContext context) =>
            Dump(parts, TableOf(table), withParent == true, context));
        group.MapGet("/versions/{table}/{id}", (string table, string id) => Versions(parts, TableOf(table), id));
        group.MapGet("/answers/{table}", (string table, HttpContext context) => Answers(parts, TableOf(table), context));
        group.MapPost("/records/{table}", async (string table, string? parent, HttpContext context, CancellationToken stop) =>
        {
            var ticket = parent is null ? -1 : Ordinal(Table.Tickets, parent);
            var fields = await ControlJson.ReadOptional<JsonObject>(context, stop);
            return Answer(parts, parts.Truth.Create(TableOf(table), parts.Now, ticket, fields), StatusCodes.Status201Created);
        });
        group.MapPut("/records/{table}/{id}", async (string table, string id, HttpContext context, CancellationToken stop) =>
        {
            var fields = await ControlJson.ReadOptional<JsonObject>(context, stop);
            return Answer(parts, parts.Truth.Update(TableOf(table), Ordinal(TableOf(table), id), parts.Now, fields));
        });
        group.MapDelete("/records/{table}/{id}", (string table, string id, bool? purge) =>
            Answer(parts, parts.Truth.Delete(TableOf(table), Ordinal(TableOf(table), id), parts.Now, purge == true)));
        group.MapPost("/records/{table}/{id}/restore", (string table, string id) =>
            Answer(parts, parts.Truth.Restore(TableOf(table), Ordinal(TableOf(table), id), parts.Now)));
    }

    internal static Table TableOf(string name) => Tables.TryParse(name, out var table)
        ? table
        : throw new ChangeRefusedException(404, $"There is no table of that name; tables are {string.Join(", ", Tables.All.Select(known => known.Name()))}.");

    private static long Ordinal(Table table, string id) => RecordIds.TryParse(table, id, out var ordinal)
        ? ordinal
        : throw new ChangeRefusedException(404, $"That is no id of a {table.Entity()}; GET /_simulator/records/{table.Name()} lists the living.");

    private static IResult Answer(ControlParts parts, ChangeOutcome outcome, int status = StatusCodes.Status200OK) => ControlJson.Ok(
        new JsonObject
        {
            ["table"] = outcome.Change.Table.Name(),
            ["id"] = Text(RecordIds.Of(outcome.Change.Table, outcome.Change.Ordinal)),
            ["parentId"] = outcome.Change.Table.IsChild() ? Text(outcome.ParentId) : null,
            ["version"] = outcome.Version.Number,
            ["change"] = Name(outcome.Version.Change),
            ["at"] = JsonFields.TimeText(outcome.Version.At),
            ["modifiedTime"] = JsonFields.TimeText(outcome.Version.Modified),
            ["record"] = outcome.After is { } after ? parts.Writer.Document(after) : null,
        },
        status);

    private static IResult Versions(ControlParts parts, Table table, string id)
    {
        var ordinal = Ordinal(table, id);
        var versions = parts.Truth.VersionsOf(table, ordinal)
            ?? throw new ChangeRefusedException(404, $"There has never been such a {table.Entity()}.");
        return ControlJson.Ok(new
        {
            table = table.Name(),
            id,
            alive = parts.Truth.Find(table, ordinal) is { Trashed: false },
            versions = versions.Select(version => new
            {
                version = version.Number,
                change = Name(version.Change),
                at = JsonFields.TimeText(version.At),
                modifiedTime = JsonFields.TimeText(version.Modified),
            }),
        });
    }

    private static async Task Dump(ControlParts parts, Table table, bool withParent, HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson";
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        foreach (var record in parts.Truth.Living(table))
        {
            if (withParent)
            {
                var parent = table.IsChild() ? $"\"{Text(record.ParentId)}\"" : "null";
                buffer.Write(Encoding.UTF8.GetBytes($"{{\"parentId\":{parent},\"record\":"));
            }

            parts.Writer.Write(buffer, record);
            buffer.Write(withParent ? "}\n"u8 : "\n"u8);
            if (buffer.WrittenCount > 48 * 1024)
            {
                await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
                buffer.ResetWrittenCount();
            }
        }

        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static async Task Answers(ControlParts parts, Table table, HttpContext context)
    {
        var answers = parts.Answers ?? throw new ChangeRefusedException(404, "Answers are not kept; start the simulator with its option KeepAnswers.");
        context.Response.ContentType = "application/x-ndjson";
        foreach (var (id, answer) in answers.Of(table))
        {
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\",\"at\":{answer.At},\"record\":"), context.RequestAborted);
            await context.Response.Body.WriteAsync(answer.Record, context.RequestAborted);
            await context.Response.Body.WriteAsync("}\n"u8.ToArray(), context.RequestAborted);
        }
    }

    private static string Name(ChangeKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
