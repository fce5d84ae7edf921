using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>jobs.insert, get, list, cancel, query and getQueryResults.</summary>
internal sealed class JobEndpoints(JobTable jobs)
{
    private const string Location = "US";
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(200);

    public void Map(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapPost($"{prefix}/projects/{{project}}/jobs", Requests.Endpoint(InsertAsync));
        routes.MapGet($"{prefix}/projects/{{project}}/jobs", Requests.Endpoint(ListAsync));
        routes.MapGet($"{prefix}/projects/{{project}}/jobs/{{job}}", Requests.Endpoint(context => Task.FromResult<JsonNode?>(JobResources.Job(Find(context)))));
        routes.MapPost($"{prefix}/projects/{{project}}/jobs/{{job}}/cancel", Requests.Endpoint(CancelAsync));
        routes.MapPost($"{prefix}/projects/{{project}}/queries", Requests.Endpoint(QueryAsync));
        routes.MapGet($"{prefix}/projects/{{project}}/queries/{{job}}", Requests.Endpoint(ResultsAsync));
    }

    private async Task<JsonNode?> InsertAsync(HttpContext context)
    {
        var body = await Requests.BodyAsync(context.Request, context.RequestAborted);
        var configuration = body["configuration"]?.DeepClone().AsObject() ?? throw BigQueryFault.Invalid("Required parameter is missing: configuration");
        var job = jobs.Start(context.Route("project"), (string?)body["jobReference"]?["jobId"], Location, configuration);
        await WaitAsync(job, TimeSpan.FromMilliseconds(250), context.RequestAborted);
        return JobResources.Job(job);
    }

    private Task<JsonNode?> ListAsync(HttpContext context) => Task.FromResult<JsonNode?>(new JsonObject
    {
        ["kind"] = "bigquery#jobList",
        ["jobs"] = new JsonArray([.. jobs.List(context.Route("project")).Take(1000).Select(job => (JsonNode?)JobResources.Job(job))]),
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
        var body = await Requests.BodyAsync(context.Request, context.RequestAborted);
        var query = new JsonObject();
        foreach (var member in new[] { "query", "useLegacySql", "queryParameters", "parameterMode", "defaultDataset", "maximumBytesBilled" })
        {
            query[member] = body[member]?.DeepClone();
        }

        var job = jobs.Start(context.Route("project"), null, Location, new JsonObject { ["query"] = query, ["dryRun"] = body["dryRun"]?.DeepClone() });
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

    private Job Find(HttpContext context) => jobs.Find(context.Route("project"), context.Route("job"));

    private static async Task WaitAsync(Job job, TimeSpan wait, CancellationToken cancellationToken) =>
        await Task.WhenAny(job.Done, Task.Delay(wait < LongestWait ? wait : LongestWait, TimeProvider.System, cancellationToken));
}
