using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>The jobs of this process, by project and id; an id is taken for good.</summary>
internal sealed class JobTable(StatementRunner runner, Loader loader, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string Project, string Id), Job> jobs = new();
    private readonly CancellationTokenSource stopping = new();
    private long numbers;

    /// <summary>Starts a job of a configuration; one with a text that cannot be run is refused at once.</summary>
    /// <exception cref="BigQueryFault">The id is taken (duplicate), or the configuration is wrong.</exception>
    public Job Start(string project, string? jobId, string location, JsonObject configuration, Stream? data = null)
    {
        var job = new Job(project, jobId ?? $"job_{time.GetUtcNow().Ticks:x}_{Interlocked.Increment(ref numbers)}", location, configuration, time.GetUtcNow());
        var work = Prepare(job, data);
        if (!jobs.TryAdd((project, job.Id), job))
        {
            throw BigQueryFault.Duplicate($"Already Exists: Job {project}:{location}.{job.Id}");
        }

        _ = job.RunAsync(work, time, stopping.Token);
        return job;
    }

    public Job Find(string project, string id) =>
        jobs.TryGetValue((project, id), out var job) ? job : throw BigQueryFault.NotFound($"Not found: Job {project}:{id}");

    public IReadOnlyList<Job> List(string project) => [.. jobs.Values.Where(job => job.Project == project).OrderByDescending(job => job.Created)];

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var job in jobs.Values)
        {
            job.Dispose();
        }

        stopping.Dispose();
    }

    private Func<CancellationToken, Task<JobResult>> Prepare(Job job, Stream? data)
    {
        if (job.Configuration["load"] is JsonObject load)
        {
            var input = data ?? throw BigQueryFault.Unsupported("loads from Cloud Storage; upload the data");
            return token => Task.Run(() => loader.Load(load, input), token);
        }

        if (job.Configuration["query"] is not JsonObject query)
        {
            throw BigQueryFault.Unsupported("jobs that are neither query nor load");
        }

        if ((bool?)query["useLegacySql"] is not false)
        {
            throw BigQueryFault.Unsupported("legacy SQL; set useLegacySql to false");
        }

        var context = runner.Context(job.Project, DefaultDataset(job.Project, query), RequestParameters.Read(query["queryParameters"]?.AsArray()));
        var statements = SqlTranslator.Translate((string?)query["query"] ?? throw BigQueryFault.Invalid("Required parameter is missing: query"), context);
        var limit = query["maximumBytesBilled"] is { } most ? long.Parse(most.ToString(), System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
        return (bool?)job.Configuration["dryRun"] is true
            ? _ => Task.FromResult(new JobResult(statements[^1].Type))
            : token => RunAllAsync(statements, context, limit, token);
    }

    private async Task<JobResult> RunAllAsync(IReadOnlyList<SqlStatement> statements, SqlContext context, long? limit, CancellationToken cancellationToken)
    {
        var result = new JobResult("SCRIPT");
        foreach (var statement in statements)
        {
            result = await runner.RunAsync(statement, context, limit, cancellationToken);
        }

        return result;
    }

    private static DatasetName? DefaultDataset(string project, JsonObject query) => query["defaultDataset"] is JsonObject dataset
        ? new((string?)dataset["projectId"] ?? project, (string)dataset["datasetId"]!) : null;
}
