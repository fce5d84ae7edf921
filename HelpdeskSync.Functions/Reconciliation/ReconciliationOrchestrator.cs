using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Reconciliation;

/// <summary>Compares everything the helpdesk lists with the history tables and mends every difference.</summary>
public static class ReconciliationOrchestrator
{
    /// <summary>The external event that lets a run close more records than the guard does. Its payload is true to approve, false to refuse.</summary>
    public const string ApproveDeletes = "approve-deletes";

    /// <summary>Reads all tables, confirms and closes what is missing, after approval where that is much, and finishes.</summary>
    [Function(nameof(ReconciliationOrchestrator))]
    public static Task<RunOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunSteps.ReportedAsync(context, SyncMode.Full, () => ReconcileAsync(context));

    private static async Task<RunOutcome> ReconcileAsync(TaskOrchestrationContext context)
    {
        var request = context.GetInput<RunRequest>()!;
        var startedAt = context.CurrentUtcDateTime;
        var plan = await RunSteps.PrepareAsync(context, request, SyncMode.Full);
        var read = await RunSteps.ReadAsync(context, plan, request.Deep);
        var answer = read.Any(outcome => outcome.NeedsApproval) ? await AskAsync(context, plan, startedAt, read) : DeletesAnswer.NotAsked;
        context.SetCustomStatus(new RunProgress("closing", [.. read.Where(outcome => outcome.Missing > 0).Select(outcome => outcome.Table)], read));
        var isFree = answer is DeletesAnswer.NotAsked or DeletesAnswer.Approved;
        var closed = await Task.WhenAll(
            read.Select(outcome => outcome.NeedsApproval && !isFree ? Task.FromResult(outcome) : RunSteps.CloseMissingAsync(context, plan, outcome)));
        var leftAlone = isFree ? [] : closed.Where(outcome => outcome.NeedsApproval).ToList();
        return await RunSteps.FinishAsync(context, plan, SyncMode.Full, startedAt, closed, leftAlone, Why(answer, plan));
    }

    private static async Task<DeletesAnswer> AskAsync(
        TaskOrchestrationContext context, RunPlan plan, DateTimeOffset startedAt, IReadOnlyList<TableOutcome> read)
    {
        var waiting = read.Where(outcome => outcome.NeedsApproval).ToList();
        await Task.WhenAll(waiting.Select(outcome => context.CallActivityAsync(
            nameof(NoteWaitingActivity), RunSteps.Finished(context.InstanceId, plan, SyncMode.Full, startedAt, outcome, true, "Waits for approve-deletes."), Retries.OfRun)));
        context.SetCustomStatus(new RunProgress(RunProgress.NeedsApproval, [.. waiting.Select(outcome => outcome.Table)], read));
        try
        {
            return await context.WaitForExternalEvent<bool>(ApproveDeletes, plan.ApprovalWait) ? DeletesAnswer.Approved : DeletesAnswer.Refused;
        }
        catch (TaskCanceledException)
        {
            return DeletesAnswer.None;
        }
    }

    private static string? Why(DeletesAnswer answer, RunPlan plan) => answer switch
    {
        DeletesAnswer.Refused => "The deletions were refused; the records stay active.",
        DeletesAnswer.None => $"Nobody approved the deletions within {plan.ApprovalWait}; the records stay active. The next full run asks again.",
        _ => null,
    };

    private enum DeletesAnswer
    {
        NotAsked,
        Approved,
        Refused,
        None,
    }
}
