using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>The jobs of this process, by project and id; an id is taken for good.</summary>
internal sealed class JobTable(StatementRunner runner, Loader loader, FaultInjector faults, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string Project, string Id), Job> jobs = new();
    private readonly CancellationTokenSource stopping = new();
    private long numbers;

    /// <summary>Starts a job; one with a text that cannot be run is refused at once.</summary>
    /// <exception cref="BigQueryFault">The id is taken (duplicate), or the configuration is wrong.</exception>
    public Job Start(JobOrder order)
    {
        var id = order.Id ?? $"job_{time.GetUtcNow().Ticks:x}_{Interlocked.Increment(ref numbers)}";
        var job = new Job(order.Project, id, order.Location, order.Configuration, time);
        var taken = BigQueryFault.Duplicate($"Already Exists: Job {order.Project}:{order.Location}.{id}");
        var work = jobs.ContainsKey((order.Project, id)) ? throw taken : Prepare(job, order);
        if (!jobs.TryAdd((order.Project, id), job))
        {
            throw taken;
        }

        _ = job.RunAsync(work, stopping.Token);
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

    private Func<CancellationToken, Task<JobResult>> Prepare(Job job, JobOrder order)
    {
        if (job.Configuration["load"] is JsonObject load)
        {
            var input = order.Data ?? throw BigQueryFault.Unsupported("loads from Cloud Storage; upload the data");
            return Failing(order, null, null) ?? (token => Task.Run(() => loader.Load(load, input), token));
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
        var text = (string?)query["query"] ?? throw BigQueryFault.Invalid("Required parameter is missing: query");
        var statements = SqlTranslator.Translate(text, context);
        var limit = query["maximumBytesBilled"] is { } most ? long.Parse(most.ToString(), System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
        return (bool?)job.Configuration["dryRun"] is true
            ? _ => Task.FromResult(new JobResult(statements[^1].Type))
            : Failing(order, text, statements.Select(statement => statement.Mutated).FirstOrDefault(target => target is not null))
                ?? (token => RunAllAsync(job, statements, context, limit, token));
    }

    /// <summary>What a job that shall fail does instead of its work.</summary>
    private Func<CancellationToken, Task<JobResult>>? Failing(JobOrder order, string? sql, TableName? mutated) =>
        faults.OfJob(order.Method, sql, mutated is not null) is { } fault ? _ => Task.FromException<JobResult>(InjectedFaults.Of(fault, mutated)) : null;

    private async Task<JobResult> RunAllAsync(Job job, IReadOnlyList<SqlStatement> statements, SqlContext context, long? limit, CancellationToken cancellationToken)
    {
        var result = new JobResult("SCRIPT");
        foreach (var statement in statements)
        {
            result = await runner.RunAsync(statement, context, limit, job.Run, cancellationToken);
        }

        return result;
    }

    private static DatasetName? DefaultDataset(string project, JsonObject query) => query["defaultDataset"] is JsonObject dataset
        ? new((string?)dataset["projectId"] ?? project, (string)dataset["datasetId"]!) : null;
}
