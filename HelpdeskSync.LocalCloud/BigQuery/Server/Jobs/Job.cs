using System.Text.Json.Nodes;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>One job.</summary>
internal sealed class Job(string project, string id, string location, JsonObject configuration, DateTimeOffset created) : IDisposable
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancel = new();

    public string Project => project;

    public string Id => id;

    public string Location => location;

    public JsonObject Configuration => configuration;

    public DateTimeOffset Created => created;

    public DateTimeOffset? Ended { get; private set; }

    public JobResult? Result { get; private set; }

    public BigQueryFault? Failure { get; private set; }

    /// <summary>Ends when the job has ended, well or not.</summary>
    public Task Done => done.Task;

    public void Cancel() => cancel.Cancel();

    public void Dispose() => cancel.Dispose();

    public async Task RunAsync(Func<CancellationToken, Task<JobResult>> work, TimeProvider time, CancellationToken stopping)
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

        Ended = time.GetUtcNow();
        done.SetResult();
    }
}
