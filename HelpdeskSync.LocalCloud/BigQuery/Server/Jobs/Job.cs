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

    public JsonObject Configuration { get; private set; } = configuration;

    public DateTimeOffset Created { get; } = time.GetUtcNow();

    /// <summary>When it began to run; null while it waits behind other mutations.</summary>
    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public JobResult? Result { get; private set; }

    public BigQueryFault? Failure { get; private set; }

    /// <summary>Its rows were dropped to make room; what else is known of it stays.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>Ends when the job has ended, well or not.</summary>
    public Task Done => done.Task;

    public void Cancel() => cancel.Cancel();

    /// <summary>Says that it no longer waits.</summary>
    public void Run() => Started ??= time.GetUtcNow();

    /// <summary>Lets go of rows and text; the id stays taken.</summary>
    public void Forget()
    {
        IsForgotten = true;
        Result = Result is { } result ? result with { Rows = [] } : null;
        (Configuration["query"] as JsonObject)?.Remove("query");
    }

    public void Dispose() => cancel.Dispose();

    public async Task RunAsync(Func<CancellationToken, Task<JobResult>> work, CancellationToken stopping)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel.Token, stopping);
        try
        {
            Result = await work(both.Token);
        }
        catch (Exception) when (both.IsCancellationRequested)
        {
            // DuckDB says in its own words that a statement was interrupted.
            Failure = new(499, "stopped", "Job execution was cancelled: User requested cancellation");
        }
        catch (BigQueryFault fault)
        {
            Failure = fault;
        }
        catch (Exception unexpected)
        {
            Failure = new(500, "internalError", $"An internal error occurred: {unexpected.Message}");
        }

        // Parameters may be large and hold people's data; nobody asks for them once the job has ended.
        var ended = Configuration.DeepClone().AsObject();
        (ended["query"] as JsonObject)?.Remove("queryParameters");
        Configuration = ended;
        Run();
        Ended = time.GetUtcNow();
        done.SetResult();
    }
}
