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

    private static readonly string[] QueryMembers =
        ["query", "useLegacySql", "queryParameters", "parameterMode", "defaultDataset", "maximumBytesBilled", "priority", "createSession", "connectionProperties", "useQueryCache"];

    public void Map(ApiRoutes routes)
    {
        routes.Map(ApiMethods.JobsInsert, InsertAsync);
        routes.Map(ApiMethods.JobsList, ListAsync);
        routes.Map(ApiMethods.JobsGet, context => Task.FromResult<JsonNode?>(JobResources.Job(Find(context))));
        routes.Map(ApiMethods.JobsCancel, CancelAsync);
        routes.Map(ApiMethods.JobsQuery, QueryAsync);
        routes.Map(ApiMethods.JobsGetQueryResults, ResultsAsync);
    }

    /// <summary>What a body of jobs.insert asks for.</summary>
    public static JobOrder Order(string project, JsonObject body)
    {
        var configuration = body["configuration"] as JsonObject ?? throw BigQueryFault.Required("configuration");
        body.Remove("configuration");
        return new(ApiMethods.JobsInsert.Id, project, (string?)body["jobReference"]?["jobId"], configuration)
        {
            Location = (string?)body["jobReference"]?["location"] ?? "US",
        };
    }

    private async Task<JsonNode?> InsertAsync(HttpContext context)
    {
        var job = jobs.Start(Order(context.Route("projectId"), await Requests.BodyAsync(context)));
        await WaitAsync(job, TimeSpan.FromMilliseconds(250), context.RequestAborted);
        return JobResources.Job(job);
    }

    private Task<JsonNode?> ListAsync(HttpContext context)
    {
        var states = context.Request.Query["stateFilter"].Select(state => state?.ToUpperInvariant()).ToHashSet();
        var (least, most) = (context.Number("minCreationTime", 0), context.Number("maxCreationTime", long.MaxValue));
        var found = jobs.List(context.Route("projectId")).Where(job => states.Count == 0 || states.Contains(JobResources.State(job)))
            .Where(job => job.Created.ToUnixTimeMilliseconds() is var created && created >= least && created <= most).ToList();
        var (page, next) = context.Page(found, 50);
        var full = string.Equals(context.Query("projection"), "full", StringComparison.OrdinalIgnoreCase);
        var answer = new JsonObject { ["kind"] = "bigquery#jobList", ["jobs"] = Pages.Array(page, job => JobResources.ListedJob(job, full)) };
        if (next is not null)
        {
            answer["nextPageToken"] = next;
        }

        return Task.FromResult<JsonNode?>(answer);
    }

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
        foreach (var member in QueryMembers)
        {
            if (body.Remove(member, out var value))
            {
                query[member] = value;
            }
        }

        var configuration = new JsonObject { ["query"] = query };
        if (body["dryRun"] is { } dry)
        {
            configuration["dryRun"] = dry.DeepClone();
        }

        var job = jobs.Start(new(ApiMethods.JobsQuery.Id, context.Route("projectId"), null, configuration)
        {
            RequestId = (string?)body["requestId"], Location = (string?)body["location"] ?? "US",
        });
        await WaitAsync(job, Milliseconds(body["timeoutMs"]?.ToString()), context.RequestAborted);
        var most = body["maxResults"] is { } results ? int.Parse(results.ToString(), CultureInfo.InvariantCulture) : (int?)null;
        var format = body["formatOptions"];
        var microseconds = (bool?)format?["useInt64Timestamp"] is true || (string?)format?["timestampOutputFormat"] == "INT64";
        return JobResources.Results(job, "bigquery#queryResponse", 0, most, microseconds);
    }

    private async Task<JsonNode?> ResultsAsync(HttpContext context)
    {
        var job = Find(context);
        await WaitAsync(job, Milliseconds(context.Query("timeoutMs")), context.RequestAborted);
        var most = context.Query("maxResults") is null ? (int?)null : context.Most(10_000);
        return JobResources.Results(job, "bigquery#getQueryResultsResponse", context.Start(), most, context.Microseconds());
    }

    private Job Find(HttpContext context) => jobs.Find(context.Route("projectId"), context.Route("jobId"));

    private static TimeSpan Milliseconds(string? text) => text is null ? DefaultWait
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wait) && wait >= 0 ? TimeSpan.FromMilliseconds(Math.Min(wait, LongestWait.TotalMilliseconds))
        : throw BigQueryFault.Invalid($"Invalid value for timeoutMs: {text}", "timeoutMs");

    private static async Task WaitAsync(Job job, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
        {
            await Task.WhenAny(job.Done, Task.Delay(wait, TimeProvider.System, cancellationToken));
        }
    }
}
