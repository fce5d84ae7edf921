using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Reconciliation;

/// <summary>Compares everything the helpdesk lists with the history tables and mends every difference.</summary>
public static class ReconciliationOrchestrator
{
    /// <summary>The external event that lets a run close more records than the guard does. Its payload is true to approve, false to refuse.</summary>
    public const string ApproveDeletes = "approve-deletes";

    private static readonly TimeSpan s_approvalWait = TimeSpan.FromHours(24);

    /// <summary>Reads all tables, confirms and closes what is missing, after approval where that is much, and finishes.</summary>
    [Function(nameof(ReconciliationOrchestrator))]
    public static async Task<RunOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RunRequest>()!;
        var startedAt = context.CurrentUtcDateTime;
        var plan = await RunSteps.PrepareAsync(context, request, SyncMode.Full);
        var read = await RunSteps.ReadAsync(context, plan, request.Deep);
        var approved = !read.Any(outcome => outcome.NeedsApproval) || await ApprovedAsync(context, read);
        context.SetCustomStatus(new RunProgress("closing", [.. read.Where(outcome => outcome.Missing > 0).Select(outcome => outcome.Table)], read));
        var closed = await Task.WhenAll(
            read.Select(outcome => outcome.NeedsApproval && !approved ? Task.FromResult(outcome) : RunSteps.CloseMissingAsync(context, outcome)));
        var leftAlone = approved ? [] : closed.Where(outcome => outcome.NeedsApproval).ToList();
        return await RunSteps.FinishAsync(context, plan, SyncMode.Full, startedAt, closed, leftAlone);
    }

    private static async Task<bool> ApprovedAsync(TaskOrchestrationContext context, IReadOnlyList<TableOutcome> read)
    {
        context.SetCustomStatus(new RunProgress("NeedsApproval", [.. read.Where(outcome => outcome.NeedsApproval).Select(outcome => outcome.Table)], read));
        try
        {
            return await context.WaitForExternalEvent<bool>(ApproveDeletes, s_approvalWait);
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }
}
