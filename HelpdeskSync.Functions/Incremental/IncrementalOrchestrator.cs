using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Incremental;

/// <summary>Brings in what changed since the watermarks: the backstop of the webhooks.</summary>
public static class IncrementalOrchestrator
{
    /// <summary>Reads what changed, closes what is gone, and only then moves the watermarks.</summary>
    /// <remarks>It does not wait for approvals: where too much is missing it leaves that to the full run, which does.</remarks>
    [Function(nameof(IncrementalOrchestrator))]
    public static Task<RunOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunSteps.ReportedAsync(context, SyncMode.Incremental, () => CatchUpAsync(context));

    private static async Task<RunOutcome> CatchUpAsync(TaskOrchestrationContext context)
    {
        var request = context.GetInput<RunRequest>()!;
        var startedAt = context.CurrentUtcDateTime;
        var plan = await RunSteps.PrepareAsync(context, request, SyncMode.Incremental);
        var read = await RunSteps.ReadAsync(context, plan, request.Deep);
        var closed = await Task.WhenAll(read.Select(outcome => outcome.NeedsApproval ? Task.FromResult(outcome) : RunSteps.CloseMissingAsync(context, plan, outcome)));
        return await RunSteps.FinishAsync(
            context, plan, SyncMode.Incremental, startedAt, closed, [.. closed.Where(outcome => outcome.NeedsApproval)],
            "An incremental run does not wait for approval. The next full run asks.");
    }
}
