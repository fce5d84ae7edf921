using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Rows;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>tabledata.list and tabledata.insertAll.</summary>
internal sealed class TableDataEndpoints(Catalog catalog, Tables tables, StreamedRows streamed)
{
    private const int MostRows = 50_000;

    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.TableDataList, List);
        routes.Map(ApiMethods.TableDataInsertAll, InsertAllAsync);
    }

    private Task<JsonNode?> List(HttpContext context)
    {
        var table = catalog.Table(TableEndpoints.NameOf(context));
        var wanted = context.Query("selectedFields")?.Split(',');
        var columns = wanted is null ? table.Columns
            : [.. wanted.Select(name => table.Column(name) ?? throw BigQueryFault.Invalid($"No such field: {name}", "selectedFields"))];
        var (total, start) = (tables.Rows(table.Name), context.Start());
        var rows = tables.Read(table, columns, start, context.Most(10_000));
        var answer = new JsonObject
        {
            ["kind"] = "bigquery#tableDataList",
            ["etag"] = TableResources.Etag(table),
            ["totalRows"] = total.ToString(CultureInfo.InvariantCulture),
        };
        if (rows.Count > 0)
        {
            answer["rows"] = Pages.Array(rows, row => Cells.Row(row, columns, context.Microseconds()));
        }

        if (rows.Count > 0 && start + rows.Count < total)
        {
            answer["pageToken"] = (start + rows.Count).ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult<JsonNode?>(answer);
    }

    private async Task<JsonNode?> InsertAllAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var table = catalog.Table(TableEndpoints.NameOf(context));
        var rows = body["rows"] as JsonArray is { Count: > 0 } given ? given : throw BigQueryFault.Invalid("No rows present in the request.");
        if (rows.Count > MostRows)
        {
            throw BigQueryFault.Invalid($"The number of rows in the request, {rows.Count}, exceeds the limit of {MostRows}.");
        }

        var wanted = rows.Select(row => new StreamedRow((string?)row!["insertId"], row["json"].Deserialize<JsonElement>())).ToList();
        var wrong = streamed.Insert(table, wanted, (bool?)body["ignoreUnknownValues"] ?? false, (bool?)body["skipInvalidRows"] ?? false);
        var answer = new JsonObject { ["kind"] = "bigquery#tableDataInsertAllResponse" };
        if (wrong.Count > 0)
        {
            answer["insertErrors"] = Pages.Array(wrong, error => new()
            {
                ["index"] = error.Index,
                ["errors"] = new JsonArray(new JsonObject { ["reason"] = error.Reason, ["location"] = error.Field, ["debugInfo"] = "", ["message"] = error.Message }),
            });
        }

        return answer;
    }
}
