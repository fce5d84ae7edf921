using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>jobs.insert, get, list, cancel, query and getQueryResults.</summary>
internal sealed class JobEndpoints(JobTable jobs)
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(200);

    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.JobsInsert, InsertAsync);
        routes.Map(ApiMethods.JobsList, ListAsync);
        routes.Map(ApiMethods.JobsGet, context => Task.FromResult<JsonNode?>(JobResources.Job(Find(context))));
        routes.Map(ApiMethods.JobsCancel, CancelAsync);
        routes.Map(ApiMethods.JobsQuery, QueryAsync);
        routes.Map(ApiMethods.JobsGetQueryResults, ResultsAsync);
    }

    private async Task<JsonNode?> InsertAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var configuration = body["configuration"]?.DeepClone().AsObject() ?? throw BigQueryFault.Invalid("Required parameter is missing: configuration");
        var job = jobs.Start(new(ApiMethods.JobsInsert.Id, context.Route("projectId"), (string?)body["jobReference"]?["jobId"], configuration));
        await WaitAsync(job, TimeSpan.FromMilliseconds(250), context.RequestAborted);
        return JobResources.Job(job);
    }

    private Task<JsonNode?> ListAsync(HttpContext context) => Task.FromResult<JsonNode?>(new JsonObject
    {
        ["kind"] = "bigquery#jobList",
        ["jobs"] = new JsonArray([.. jobs.List(context.Route("projectId")).Take(1000).Select(job => (JsonNode?)JobResources.Job(job))]),
    });

    private async Task<JsonNode?> CancelAsync(HttpContext context)
    {
        var job = Find(context);
        job.Cancel();
        await WaitAsync(job, TimeSpan.FromSeconds(1), context.RequestAborted);
        return new JsonObject { ["kind"] = "bigquery#jobCancelResponse", ["job"] = JobResources.Job(job) };
    }

    private async Task<JsonNode?> QueryAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context);
        var query = new JsonObject();
        foreach (var member in new[] { "query", "useLegacySql", "queryParameters", "parameterMode", "defaultDataset", "maximumBytesBilled" })
        {
            query[member] = body[member]?.DeepClone();
        }

        var job = jobs.Start(new(ApiMethods.JobsQuery.Id, context.Route("projectId"), null, new JsonObject { ["query"] = query, ["dryRun"] = body["dryRun"]?.DeepClone() }));
        var wait = body["timeoutMs"] is { } timeout ? TimeSpan.FromMilliseconds(double.Parse(timeout.ToString(), CultureInfo.InvariantCulture)) : DefaultWait;
        await WaitAsync(job, wait, context.RequestAborted);
        var most = body["maxResults"] is { } results ? int.Parse(results.ToString(), CultureInfo.InvariantCulture) : (int?)null;
        return JobResources.Results(job, "bigquery#queryResponse", 0, most, (bool?)body["formatOptions"]?["useInt64Timestamp"] ?? false);
    }

    private async Task<JsonNode?> ResultsAsync(HttpContext context)
    {
        var job = Find(context);
        var wait = context.Query("timeoutMs") is { } timeout ? TimeSpan.FromMilliseconds(double.Parse(timeout, CultureInfo.InvariantCulture)) : DefaultWait;
        await WaitAsync(job, wait, context.RequestAborted);
        var start = long.Parse(context.Query("pageToken") ?? context.Query("startIndex") ?? "0", CultureInfo.InvariantCulture);
        var most = context.Query("maxResults") is { } results ? int.Parse(results, CultureInfo.InvariantCulture) : (int?)null;
        var microseconds = string.Equals(context.Query("formatOptions.useInt64Timestamp"), "true", StringComparison.OrdinalIgnoreCase);
        return JobResources.Results(job, "bigquery#getQueryResultsResponse", start, most, microseconds);
    }

    private Job Find(HttpContext context) => jobs.Find(context.Route("projectId"), context.Route("jobId"));

    private static async Task WaitAsync(Job job, TimeSpan wait, CancellationToken cancellationToken) =>
        await Task.WhenAny(job.Done, Task.Delay(wait < LongestWait ? wait : LongestWait, TimeProvider.System, cancellationToken));
}
