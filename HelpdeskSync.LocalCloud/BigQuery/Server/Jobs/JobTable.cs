using System.Collections.Concurrent;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>The jobs of this process, by project and id; an id is taken for good.</summary>
internal sealed class JobTable(JobWork work, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RequestsRemembered = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(string Project, string Id), Job> jobs = new();
    private readonly ConcurrentDictionary<(string Project, string RequestId), Job> requests = new();
    private readonly JobRetention retention = new();
    private readonly CancellationTokenSource stopping = new();
    private long numbers;

    /// <summary>Starts a job; one with a text that cannot be run is refused at once. A dry run is not kept.</summary>
    /// <exception cref="BigQueryFault">The id is taken (duplicate), or the configuration is wrong.</exception>
    public Job Start(JobOrder order)
    {
        if (order.RequestId is { } request && Earlier(order.Project, request) is { } earlier)
        {
            return earlier;
        }

        var id = order.Id is null ? $"job_{time.GetUtcNow().Ticks:x}_{Interlocked.Increment(ref numbers)}" : Checked(order.Id);
        var job = new Job(order.Project, id, order.Location, order.Configuration, time);
        var taken = BigQueryFault.Duplicate($"Already Exists: Job {order.Project}:{order.Location}.{id}");
        var prepared = jobs.ContainsKey((order.Project, id)) ? throw taken : work.Prepare(job, order);
        if (!order.IsDryRun && !jobs.TryAdd((order.Project, id), job))
        {
            throw taken;
        }

        if (order.RequestId is { } remembered)
        {
            requests[(order.Project, remembered)] = job;
        }

        _ = RunAsync(job, prepared, order.Data);
        return job;
    }

    public Job Find(string project, string id) =>
        jobs.TryGetValue((project, id), out var job) ? job : throw BigQueryFault.NotFound($"Not found: Job {project}:{id}");

    /// <summary>The project's jobs, newest first.</summary>
    public IReadOnlyList<Job> List(string project) => [.. jobs.Values.Where(job => job.Project == project).OrderByDescending(job => job.Created).ThenByDescending(job => job.Id, StringComparer.Ordinal)];

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var job in jobs.Values)
        {
            job.Dispose();
        }

        stopping.Dispose();
    }

    private async Task RunAsync(Job job, Func<CancellationToken, Task<JobResult>> prepared, Stream? data)
    {
        await job.RunAsync(prepared, stopping.Token);
        data?.Dispose();
        retention.Keep(job);
    }

    /// <summary>jobs.query with a request id seen before answers with the first one's job.</summary>
    private Job? Earlier(string project, string requestId)
    {
        var oldest = time.GetUtcNow() - RequestsRemembered;
        foreach (var old in requests.Where(request => request.Value.Created < oldest))
        {
            requests.TryRemove(old);
        }

        return requests.GetValueOrDefault((project, requestId));
    }

    private static string Checked(string id) => id.Length is > 0 and <= 1024 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        ? id
        : throw BigQueryFault.Invalid($"Invalid job ID \"{id}\". Must be a-z, A-Z, 0-9, underscores or dashes, and at most 1024 characters.", "jobId");
}
