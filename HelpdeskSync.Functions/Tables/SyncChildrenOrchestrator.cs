using HelpdeskSync.Functions.BigQuery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Reads one table of children: lists those of parents whose counts differ, compares, copies what is new or changed.</summary>
/// <remarks>Runs after the parents' table, whose loaded listing it uses.</remarks>
public static class SyncChildrenOrchestrator
{
    private const int ChunksAtOnce = 8;

    /// <summary>Runs to the end, or stops where a listing cannot be completed.</summary>
    [Function(nameof(SyncChildrenOrchestrator))]
    public static async Task<TableOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (run, plan, deep) = context.GetInput<SyncChildrenRequest>()!;
        var retried = await SyncTableOrchestrator.CopyAsync(context, run, plan.Table, "failed", plan.FailedChunks, plan.TraceParent);
        context.SetCustomStatus(new TableProgress(plan.Table, "listing", 0, 0));
        var parents = await context.CallActivityAsync<DiffParentsOutcome>(
            nameof(DiffParentsActivity), new DiffParentsRequest(run, plan.Table, plan.Complete, deep), Retries.OfRun);
        var cost = (plan.Cost ?? QueryCost.None).Plus(parents.Cost);
        var listed = await ListAsync(context, run, plan.Table, parents.Chunks);
        if (listed.Refusal is not null || parents.Parents + parents.Gone == 0)
        {
            return TableOutcome.Of(plan.Table, listed, null, retried, cost);
        }

        var diff = await context.CallActivityAsync<DiffListingOutcome>(
            nameof(DiffListingActivity), new DiffListingRequest(run, plan.Table, false, deep, null), Retries.OfRun);
        context.SetCustomStatus(new TableProgress(plan.Table, "copying", listed.Rows, diff.Changed));
        var copied = await SyncTableOrchestrator.CopyAsync(context, run, plan.Table, "changed", diff.ChangedChunks, plan.TraceParent);
        return TableOutcome.Of(plan.Table, listed, diff, await SyncTableOrchestrator.RetryAsync(context, run, plan.Table, retried.Plus(copied), plan.TraceParent), cost);
    }

    private static async Task<ListTableOutcome> ListAsync(TaskOrchestrationContext context, string run, string table, int chunks)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Math.Min(chunks, ChunksAtOnce)).Select(async lane =>
        {
            var listed = ListTableOutcome.None;
            for (var chunk = lane; chunk < chunks && listed.Refusal is null; chunk += ChunksAtOnce)
            {
                listed = listed.Plus(await ListTableOrchestrator.PartAsync(context, nameof(ListChildrenActivity), new ListChildrenRequest(run, table, chunk)));
            }

            return listed;
        }));
        return new(lanes.Sum(lane => lane.Rows), lanes.Sum(lane => lane.Calls), lanes.Select(lane => lane.Refusal).FirstOrDefault(refusal => refusal is not null));
    }
}

/// <summary>A table of children to read.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">Which table.</param>
/// <param name="Deep">Whether every listed parent's children are read again.</param>
public sealed record SyncChildrenRequest(string Run, ChildPlan Plan, bool Deep);
