using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>All of tables: list, get, insert, patch, update, delete.</summary>
internal sealed class TableEndpoints(Catalog catalog, Tables tables, TableSizes sizes)
{
    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.TablesList, List);
        routes.Map(ApiMethods.TablesInsert, InsertAsync);
        routes.Map(ApiMethods.TablesGet, context => Answer(Resource(catalog.Table(NameOf(context)))));
        routes.Map(ApiMethods.TablesPatch, context => ChangeAsync(context, whole: false));
        routes.Map(ApiMethods.TablesUpdate, context => ChangeAsync(context, whole: true));
        routes.Map(ApiMethods.TablesDelete, Delete);
    }

    public static TableName NameOf(HttpContext context) => DatasetEndpoints.NameOf(context).Table(context.Route("tableId"));

    private Task<JsonNode?> List(HttpContext context)
    {
        var found = catalog.Tables(catalog.Dataset(DatasetEndpoints.NameOf(context)).Name);
        var (page, next) = context.Page(found, 50);
        return Answer(new()
        {
            ["kind"] = "bigquery#tableList", ["totalItems"] = found.Count, ["tables"] = Pages.Array(page, TableResources.ListedTable), ["nextPageToken"] = next,
        });
    }

    private async Task<JsonNode?> InsertAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var id = (string?)body["tableReference"]?["tableId"] ?? throw BigQueryFault.Required("tableReference.tableId");
        var table = new TableInfo(DatasetEndpoints.NameOf(context).Table(id), Schemas.Read(body["schema"]?["fields"]?.AsArray()), catalog.Now, catalog.Now);
        return Resource(tables.Create(TableResources.Changed(table, body, whole: true)));
    }

    private async Task<JsonNode?> ChangeAsync(HttpContext context, bool whole)
    {
        var body = await Requests.BodyAsync(context);
        var table = catalog.Table(NameOf(context));
        if (context.Request.Headers.IfMatch is [{ Length: > 0 } wanted] && wanted != TableResources.Etag(table))
        {
            throw new BigQueryFault(412, "conditionNotMet", "Precondition check failed.");
        }

        tables.CountMetadataUpdate(table.Name);
        var columns = body["schema"]?["fields"] is JsonArray fields ? Schemas.Changes(table, Schemas.Read(fields)) : [];
        return Resource(tables.Alter(TableResources.Changed(table, body, whole), columns, _ => null));
    }

    private Task<JsonNode?> Delete(HttpContext context)
    {
        tables.Drop(NameOf(context));
        return Task.FromResult<JsonNode?>(null);
    }

    private JsonObject Resource(TableInfo table)
    {
        var rows = tables.Rows(table.Name);
        return TableResources.Table(table, rows, sizes.Bytes(table, rows), catalog.Now);
    }

    private static Task<JsonNode?> Answer(JsonObject body) => Task.FromResult<JsonNode?>(body);
}
