using System.Text.Json.Nodes;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>One job.</summary>
internal sealed class Job(string project, string id, string location, JsonObject configuration, TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancel = new();

    public string Project => project;

    public string Id => id;

    public string Location => location;

    public JsonObject Configuration => configuration;

    public DateTimeOffset Created { get; } = time.GetUtcNow();

    /// <summary>When it began to run; null while it waits behind other mutations.</summary>
    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public JobResult? Result { get; private set; }

    public BigQueryFault? Failure { get; private set; }

    /// <summary>Ends when the job has ended, well or not.</summary>
    public Task Done => done.Task;

    public void Cancel() => cancel.Cancel();

    /// <summary>Says that it no longer waits.</summary>
    public void Run() => Started ??= time.GetUtcNow();

    public void Dispose() => cancel.Dispose();

    public async Task RunAsync(Func<CancellationToken, Task<JobResult>> work, CancellationToken stopping)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel.Token, stopping);
        try
        {
            Result = await work(both.Token);
        }
        catch (BigQueryFault fault)
        {
            Failure = fault;
        }
        catch (OperationCanceledException)
        {
            Failure = new(499, "stopped", "Job execution was cancelled: User requested cancellation");
        }
        catch (Exception unexpected)
        {
            Failure = new(500, "internalError", $"An internal error occurred: {unexpected.Message}");
        }

        Run();
        Ended = time.GetUtcNow();
        done.SetResult();
    }
}
