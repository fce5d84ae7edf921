namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>A method of the REST API: its id, verb and path below <c>bigquery/v2/</c>; routes and discovery document come from it.</summary>
internal sealed record ApiMethod(string Id, string Verb, string Path)
{
    /// <summary>Query parameters that it knows, each with its type as discovery documents write it.</summary>
    public IReadOnlyList<(string Name, string Type)> Query { get; init; } = [];

    public bool HasBody => Verb is "POST" or "PUT" or "PATCH" && Id is not "jobs.cancel";

    /// <summary>Its body may hold SQL.</summary>
    public bool HasSql => Id is "jobs.insert" or "jobs.query";
}

/// <summary>The methods that there are.</summary>
internal static class ApiMethods
{
    private const string Jobs = "projects/{projectId}/jobs";
    private const string Queries = "projects/{projectId}/queries";
    private const string Datasets = "projects/{projectId}/datasets";
    private const string Tables = Datasets + "/{datasetId}/tables";

    private static readonly (string, string)[] Page = [("maxResults", "integer"), ("pageToken", "string")];

    private static readonly (string, string)[] Rows =
        [.. Page, ("startIndex", "string"), ("formatOptions.useInt64Timestamp", "boolean"), ("formatOptions.timestampOutputFormat", "string")];

    public static readonly ApiMethod JobsInsert = new("jobs.insert", "POST", Jobs);

    /// <summary>The first request of a resumable upload. It makes no job, so it has a name of its own for faults and counts; the one with the data is jobs.insert.</summary>
    public static readonly ApiMethod UploadsBegin = JobsInsert with { Id = "uploads.begin" };

    public static readonly ApiMethod JobsGet = new("jobs.get", "GET", Jobs + "/{jobId}") { Query = [("location", "string")] };

    public static readonly ApiMethod JobsList = new("jobs.list", "GET", Jobs)
    {
        Query = [.. Page, ("allUsers", "boolean"), ("projection", "string"), ("stateFilter", "string"), ("minCreationTime", "string"), ("maxCreationTime", "string"), ("parentJobId", "string")],
    };

    public static readonly ApiMethod JobsCancel = new("jobs.cancel", "POST", Jobs + "/{jobId}/cancel") { Query = [("location", "string")] };

    public static readonly ApiMethod JobsQuery = new("jobs.query", "POST", Queries);

    public static readonly ApiMethod JobsGetQueryResults = new("jobs.getQueryResults", "GET", Queries + "/{jobId}") { Query = [.. Rows, ("location", "string"), ("timeoutMs", "integer")] };

    public static readonly ApiMethod ProjectsList = new("projects.list", "GET", "projects") { Query = Page };

    public static readonly ApiMethod DatasetsList = new("datasets.list", "GET", Datasets) { Query = [.. Page, ("all", "boolean"), ("filter", "string")] };

    public static readonly ApiMethod DatasetsInsert = new("datasets.insert", "POST", Datasets) { Query = [("accessPolicyVersion", "integer")] };

    public static readonly ApiMethod DatasetsGet = new("datasets.get", "GET", Datasets + "/{datasetId}") { Query = [("datasetView", "string"), ("accessPolicyVersion", "integer")] };

    public static readonly ApiMethod DatasetsPatch = new("datasets.patch", "PATCH", Datasets + "/{datasetId}") { Query = [("updateMode", "string"), ("accessPolicyVersion", "integer")] };

    public static readonly ApiMethod DatasetsUpdate = DatasetsPatch with { Id = "datasets.update", Verb = "PUT" };

    public static readonly ApiMethod DatasetsDelete = new("datasets.delete", "DELETE", Datasets + "/{datasetId}") { Query = [("deleteContents", "boolean")] };

    public static readonly ApiMethod TablesList = new("tables.list", "GET", Tables) { Query = Page };

    public static readonly ApiMethod TablesInsert = new("tables.insert", "POST", Tables);

    public static readonly ApiMethod TablesGet = new("tables.get", "GET", Tables + "/{tableId}") { Query = [("selectedFields", "string"), ("view", "string")] };

    public static readonly ApiMethod TablesPatch = new("tables.patch", "PATCH", Tables + "/{tableId}") { Query = [("autodetect_schema", "boolean")] };

    public static readonly ApiMethod TablesUpdate = TablesPatch with { Id = "tables.update", Verb = "PUT" };

    public static readonly ApiMethod TablesDelete = new("tables.delete", "DELETE", Tables + "/{tableId}");

    public static readonly ApiMethod TableDataList = new("tabledata.list", "GET", Tables + "/{tableId}/data") { Query = [.. Rows, ("selectedFields", "string")] };

    public static readonly ApiMethod TableDataInsertAll = new("tabledata.insertAll", "POST", Tables + "/{tableId}/insertAll");

    public static readonly IReadOnlyList<ApiMethod> All =
    [
        JobsInsert, JobsGet, JobsList, JobsCancel, JobsQuery, JobsGetQueryResults, ProjectsList, DatasetsList, DatasetsInsert, DatasetsGet, DatasetsPatch, DatasetsUpdate,
        DatasetsDelete, TablesList, TablesInsert, TablesGet, TablesPatch, TablesUpdate, TablesDelete, TableDataList, TableDataInsertAll,
    ];
}
