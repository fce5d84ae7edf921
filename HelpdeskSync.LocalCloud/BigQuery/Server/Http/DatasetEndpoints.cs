using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>projects.list and all of datasets.</summary>
internal sealed class DatasetEndpoints(Catalog catalog, Tables tables)
{
    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.ProjectsList, ListProjects);
        routes.Map(ApiMethods.DatasetsList, List);
        routes.Map(ApiMethods.DatasetsInsert, InsertAsync);
        routes.Map(ApiMethods.DatasetsGet, context => Answer(TableResources.Dataset(catalog.Dataset(NameOf(context)))));
        routes.Map(ApiMethods.DatasetsPatch, context => ChangeAsync(context, whole: false));
        routes.Map(ApiMethods.DatasetsUpdate, context => ChangeAsync(context, whole: true));
        routes.Map(ApiMethods.DatasetsDelete, Delete);
    }

    public static DatasetName NameOf(HttpContext context) => new(context.Route("projectId"), context.Route("datasetId"));

    private Task<JsonNode?> ListProjects(HttpContext context)
    {
        var (page, next) = context.Page(catalog.Projects, 50);
        return Answer(new()
        {
            ["kind"] = "bigquery#projectList",
            ["projects"] = Pages.Array(page, project => new()
            {
                ["kind"] = "bigquery#project", ["id"] = project, ["friendlyName"] = project, ["projectReference"] = new JsonObject { ["projectId"] = project },
            }),
            ["totalItems"] = catalog.Projects.Count,
            ["nextPageToken"] = next,
        });
    }

    private Task<JsonNode?> List(HttpContext context)
    {
        var (page, next) = context.Page(catalog.Datasets(context.Route("projectId")), 50);
        return Answer(new() { ["kind"] = "bigquery#datasetList", ["datasets"] = Pages.Array(page, TableResources.Dataset), ["nextPageToken"] = next });
    }

    private async Task<JsonNode?> InsertAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var id = (string?)body["datasetReference"]?["datasetId"] ?? throw BigQueryFault.Required("datasetReference.datasetId");
        var valid = id.Length is > 0 and <= 1024 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        var dataset = new DatasetInfo(new(context.Route("projectId"), id), catalog.Now, catalog.Now);
        return valid
            ? TableResources.Dataset(tables.Create(Changed(dataset, body, whole: true)))
            : throw BigQueryFault.Invalid($"Invalid dataset ID \"{id}\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long.");
    }

    private async Task<JsonNode?> ChangeAsync(HttpContext context, bool whole)
    {
        var body = await Requests.BodyAsync(context);
        var dataset = catalog.Dataset(NameOf(context));
        return TableResources.Dataset(tables.Change(Changed(dataset, body, whole) with { Modified = catalog.Now }));
    }

    private Task<JsonNode?> Delete(HttpContext context)
    {
        tables.Drop(NameOf(context), context.Flag("deleteContents"));
        return Task.FromResult<JsonNode?>(null);
    }

    /// <summary>The dataset with the body's members; what the body does not have stays, or is gone when the body stands for the whole.</summary>
    private static DatasetInfo Changed(DatasetInfo dataset, JsonObject body, bool whole) => dataset with
    {
        Description = whole || body.ContainsKey("description") ? (string?)body["description"] : dataset.Description,
        FriendlyName = whole || body.ContainsKey("friendlyName") ? (string?)body["friendlyName"] : dataset.FriendlyName,
        Labels = whole || body.ContainsKey("labels") ? body["labels"]?.DeepClone().AsObject() : dataset.Labels,
        TableLifetime = !whole && !body.ContainsKey("defaultTableExpirationMs") ? dataset.TableLifetime
            : body["defaultTableExpirationMs"] is { } lifetime ? long.Parse(lifetime.ToString(), CultureInfo.InvariantCulture) : null,
    };

    private static Task<JsonNode?> Answer(JsonObject body) => Task.FromResult<JsonNode?>(body);
}
