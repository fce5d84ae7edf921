using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Datasets and tables: get, list, insert, delete; rows of a table; streamed rows.</summary>
internal sealed class TableEndpoints(Catalog catalog, Tables tables, Loader loader, StatementRunner runner)
{
    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.DatasetsList, ListDatasets);
        routes.Map(ApiMethods.DatasetsInsert, InsertDatasetAsync);
        routes.Map(ApiMethods.DatasetsGet, context => Answer(TableResources.Dataset(catalog.Dataset(DatasetOf(context)))));
        routes.Map(ApiMethods.DatasetsDelete, DeleteDataset);
        routes.Map(ApiMethods.TablesList, ListTables);
        routes.Map(ApiMethods.TablesInsert, InsertTableAsync);
        routes.Map(ApiMethods.TablesGet, context => Answer(Resource(catalog.Table(TableOf(context)))));
        routes.Map(ApiMethods.TablesDelete, DeleteTable);
        routes.Map(ApiMethods.TableDataList, DataAsync);
        routes.Map(ApiMethods.TableDataInsertAll, InsertAllAsync);
    }

    private Task<JsonNode?> ListDatasets(HttpContext context) => Answer(new JsonObject
    {
        ["kind"] = "bigquery#datasetList",
        ["datasets"] = new JsonArray([.. catalog.Datasets(context.Route("projectId")).Select(dataset => (JsonNode?)TableResources.Dataset(dataset))]),
    });

    private async Task<JsonNode?> InsertDatasetAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var id = (string?)body["datasetReference"]?["datasetId"] ?? throw BigQueryFault.Invalid("Required parameter is missing: datasetReference.datasetId");
        var dataset = new DatasetInfo(new(context.Route("projectId"), id), catalog.Now, catalog.Now)
        {
            Description = (string?)body["description"],
            FriendlyName = (string?)body["friendlyName"],
            Labels = body["labels"]?.DeepClone().AsObject(),
            TableLifetime = body["defaultTableExpirationMs"] is { } lifetime ? long.Parse(lifetime.ToString(), CultureInfo.InvariantCulture) : null,
        };
        return TableResources.Dataset(tables.Create(dataset));
    }

    private Task<JsonNode?> DeleteDataset(HttpContext context)
    {
        tables.Drop(DatasetOf(context), context.Query("deleteContents") == "true");
        return Task.FromResult<JsonNode?>(null);
    }

    private Task<JsonNode?> ListTables(HttpContext context)
    {
        var found = catalog.Tables(catalog.Dataset(DatasetOf(context)).Name);
        return Answer(new JsonObject
        {
            ["kind"] = "bigquery#tableList",
            ["totalItems"] = found.Count,
            ["tables"] = new JsonArray([.. found.Select(table => (JsonNode?)TableResources.Table(table, null))]),
        });
    }

    private async Task<JsonNode?> InsertTableAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var id = (string?)body["tableReference"]?["tableId"] ?? throw BigQueryFault.Invalid("Required parameter is missing: tableReference.tableId");
        var table = new TableInfo(DatasetOf(context).Table(id), Schemas.Read(body["schema"]?["fields"]?.AsArray()), catalog.Now, catalog.Now)
        {
            Description = (string?)body["description"],
            Clustering = [.. (body["clustering"]?["fields"]?.AsArray() ?? []).Select(column => (string)column!)],
            Expires = body["expirationTime"] is { } expires ? long.Parse(expires.ToString(), CultureInfo.InvariantCulture) : null,
        };
        return Resource(tables.Create(table));
    }

    private Task<JsonNode?> DeleteTable(HttpContext context)
    {
        tables.Drop(TableOf(context));
        return Task.FromResult<JsonNode?>(null);
    }

    private async Task<JsonNode?> DataAsync(HttpContext context)
    {
        var table = catalog.Table(TableOf(context));
        var sql = new SqlQuery(new($"SELECT * FROM {table.Name.Quoted}", new HashSet<string>()), table.HoldsJson);
        var result = await runner.RunAsync(sql, runner.Context(table.Name.Project, null, new Dictionary<string, SqlParameter>()), null, () => { }, context.RequestAborted);
        var start = int.Parse(context.Query("pageToken") ?? context.Query("startIndex") ?? "0", CultureInfo.InvariantCulture);
        var rows = result.Rows.Skip(start).Take(int.Parse(context.Query("maxResults") ?? "10000", CultureInfo.InvariantCulture)).ToList();
        var microseconds = string.Equals(context.Query("formatOptions.useInt64Timestamp"), "true", StringComparison.OrdinalIgnoreCase);
        return new JsonObject
        {
            ["kind"] = "bigquery#tableDataList",
            ["totalRows"] = result.Rows.Count.ToString(CultureInfo.InvariantCulture),
            ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode?)Cells.Row(row, result.Columns, microseconds))]),
            ["pageToken"] = start + rows.Count < result.Rows.Count ? (start + rows.Count).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private async Task<JsonNode?> InsertAllAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var table = catalog.Table(TableOf(context));
        var rows = (body["rows"]?.AsArray() ?? []).Select(row => row!["json"]!.DeepClone().AsObject()).ToList();
        loader.Insert(table, rows, (bool?)body["ignoreUnknownValues"] ?? false, truncate: false);
        tables.Change(table with { Streamed = catalog.Now, StreamedRows = table.StreamedRows + rows.Count });
        return new JsonObject { ["kind"] = "bigquery#tableDataInsertAllResponse" };
    }

    private JsonObject Resource(TableInfo table) => TableResources.Table(table, tables.Rows(table.Name));

    private static DatasetName DatasetOf(HttpContext context) => new(context.Route("projectId"), context.Route("datasetId"));

    private static TableName TableOf(HttpContext context) => DatasetOf(context).Table(context.Route("tableId"));

    private static Task<JsonNode?> Answer(JsonObject body) => Task.FromResult<JsonNode?>(body);
}
