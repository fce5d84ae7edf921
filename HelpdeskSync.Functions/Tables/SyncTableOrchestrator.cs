using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Reads one table: retries earlier failures, lists, compares, copies what changed. Closes nothing: what is missing is only counted.</summary>
public static class SyncTableOrchestrator
{
    /// <summary>Runs to the end, or stops where the listing cannot be completed.</summary>
    [Function(nameof(SyncTableOrchestrator))]
    public static async Task<TableOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (run, plan) = context.GetInput<SyncTableRequest>()!;
        var retried = await CopyAsync(context, run, plan.Table, "failed", plan.FailedChunks, plan.TraceParent);
        context.SetCustomStatus(new TableProgress(plan.Table, "listing", 0, 0));
        var pending = plan.Field is null ? [] : new List<ListingWindow> { new(plan.From!.Value, plan.To!.Value) };
        var listed = await context.CallSubOrchestratorAsync<ListTableOutcome>(
            nameof(ListTableOrchestrator), new ListTableRequest(run, plan.Table, plan.Field, pending, ListTableOutcome.None, plan.Archive),
            new SubOrchestrationOptions(instanceId: $"{run}:{plan.Table}:list"));
        if (listed.Refusal is not null)
        {
            return TableOutcome.Of(plan.Table, listed, null, retried, plan.Cost);
        }

        var diff = await context.CallActivityAsync<DiffListingOutcome>(
            nameof(DiffListingActivity), new DiffListingRequest(run, plan.Table, plan.Complete && listed.Gap is null, false, plan.ListedTo), Retries.OfRun);
        if (!plan.Copies)
        {
            return TableOutcome.Of(plan.Table, listed, null, retried, (plan.Cost ?? QueryCost.None).Plus(diff.Cost));
        }

        context.SetCustomStatus(new TableProgress(plan.Table, "copying", listed.Rows, diff.Changed));
        var copied = await CopyAsync(context, run, plan.Table, "changed", diff.ChangedChunks, plan.TraceParent);
        return TableOutcome.Of(plan.Table, listed, diff, await RetryAsync(context, run, plan.Table, retried.Plus(copied), plan.TraceParent), plan.Cost);
    }

    /// <summary>Tries once more, at the end, what failed in this run: what passed by itself meanwhile need not wait for the next.</summary>
    internal static async Task<CopyRecordsOutcome> RetryAsync(
        TaskOrchestrationContext context, string run, string table, CopyRecordsOutcome copied, string? traceParent)
    {
        if (copied.Failed == 0 || copied.Refusal is not null)
        {
            return copied;
        }

        var staged = await context.CallActivityAsync<StageFailuresOutcome>(nameof(StageFailuresActivity), new StageFailuresRequest(run, table), Retries.OfRun);
        var again = await CopyAsync(context, run, table, StageFailuresActivity.Kind, staged.Chunks, traceParent);
        return copied.Plus(again).Plus(staged.Cost) with { Failed = again.Failed };
    }

    internal static async Task<CopyRecordsOutcome> CopyAsync(
        TaskOrchestrationContext context, string run, string table, string kind, int chunks, string? traceParent) =>
        chunks == 0 ? CopyRecordsOutcome.None : await context.CallSubOrchestratorAsync<CopyRecordsOutcome>(
            nameof(CopyRecordsOrchestrator), new CopyRecordsRequest(run, table, kind, chunks, 0, CopyRecordsOutcome.None, traceParent),
            new SubOrchestrationOptions(instanceId: $"{run}:{table}:{kind}"));
}

/// <summary>A table to read.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">How.</param>
public sealed record SyncTableRequest(string Run, RootPlan Plan);

/// <summary>How far a table is: its orchestration's custom status.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Phase"><c>listing</c> or <c>copying</c>.</param>
/// <param name="Listed">Records listed.</param>
/// <param name="Changed">Records to copy.</param>
public sealed record TableProgress(string Table, string Phase, long Listed, long Changed);

/// <summary>What a run did to one table.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Listed">Records listed.</param>
/// <param name="ApiCalls">Listing requests and records fetched.</param>
/// <param name="Missing">Active records that were not listed.</param>
/// <param name="MissingChunks">Staged batches of their keys.</param>
/// <param name="DeletionLimit">More missing records than this wait for approval.</param>
/// <param name="Copied">What was copied.</param>
/// <param name="Refusal">Why the table could not be read to the end; null when it was.</param>
/// <param name="Gap">Why its listing does not show every living record although it was read to its end; null where it does.</param>
/// <param name="Cost">What planning and comparing asked of BigQuery; the cost of copying is told with it.</param>
public sealed record TableOutcome(
    string Table, long Listed, long ApiCalls, long Missing, int MissingChunks, long DeletionLimit, CopyRecordsOutcome Copied, string? Refusal,
    string? Gap = null, QueryCost? Cost = null)
{
    /// <summary>Whether the missing records wait for approval.</summary>
    public bool NeedsApproval => Missing > DeletionLimit;

    /// <summary>Everything that was asked of BigQuery for the table.</summary>
    internal QueryCost WholeCost => Copied.Written.Cost.Plus(Copied.Cost).Plus(Cost);

    internal static TableOutcome Of(string table, ListTableOutcome listed, DiffListingOutcome? diff, CopyRecordsOutcome copied, QueryCost? cost) => new(
        table, listed.Rows, listed.Calls + copied.Fetched, diff?.Missing ?? 0, diff?.MissingChunks ?? 0, diff?.DeletionLimit ?? 0, copied,
        listed.Refusal ?? copied.Refusal, listed.Gap, (cost ?? QueryCost.None).Plus(diff?.Cost));
}
