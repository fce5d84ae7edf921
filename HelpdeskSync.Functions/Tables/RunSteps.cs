using HelpdeskSync.Functions.Telemetry;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>The steps that incremental and full runs share.</summary>
internal static class RunSteps
{
    /// <summary>Runs, and reports a run that fails, so that it is counted among those that ended; it fails all the same.</summary>
    public static async Task<RunOutcome> ReportedAsync(TaskOrchestrationContext context, SyncMode mode, Func<Task<RunOutcome>> run)
    {
        try
        {
            return await run();
        }
        catch (TaskFailedException)
        {
            await context.CallActivityAsync(nameof(ReportRunActivity), new ReportRunRequest(mode, RunEnd.Failed, []), Retries.OfRun);
            throw;
        }
    }

    /// <summary>Fixes the run's plan.</summary>
    public static Task<RunPlan> PrepareAsync(TaskOrchestrationContext context, RunRequest request, SyncMode mode) =>
        context.CallActivityAsync<RunPlan>(
            nameof(PrepareRunActivity), new PrepareRunRequest(context.InstanceId, mode, request.Tables, context.CurrentUtcDateTime, request.TraceParent), Retries.OfRun);

    /// <summary>Reads all tables: those that stand by themselves side by side, then the children of those whose listing is complete.</summary>
    public static async Task<IReadOnlyList<TableOutcome>> ReadAsync(TaskOrchestrationContext context, RunPlan plan, bool deep)
    {
        var run = context.InstanceId;
        context.SetCustomStatus(new RunProgress("reading", [.. plan.Roots.Where(root => root.Copies).Select(root => root.Table)], []));
        var roots = await Task.WhenAll(plan.Roots.Select(root => context.CallSubOrchestratorAsync<TableOutcome>(
            nameof(SyncTableOrchestrator), new SyncTableRequest(run, root), Named(run, root.Table))));
        var readable = plan.Children.Where(child => roots.First(root => root.Table == child.Parent).Refusal is null).ToList();
        context.SetCustomStatus(new RunProgress("reading", [.. readable.Select(child => child.Table)], roots));
        var children = await Task.WhenAll(readable.Select(child => context.CallSubOrchestratorAsync<TableOutcome>(
            nameof(SyncChildrenOrchestrator), new SyncChildrenRequest(run, WithoutGap(child, roots), deep), Named(run, child.Table))));
        return [.. roots, .. children];
    }

    /// <summary>Confirms one by one the records that were not listed, and closes those that are gone.</summary>
    public static async Task<TableOutcome> CloseMissingAsync(TaskOrchestrationContext context, RunPlan plan, TableOutcome outcome)
    {
        var copied = await SyncTableOrchestrator.CopyAsync(context, context.InstanceId, outcome.Table, "missing", outcome.MissingChunks, plan.TraceParent);
        return outcome with
        {
            ApiCalls = outcome.ApiCalls + copied.Fetched, Copied = outcome.Copied.Plus(copied), Refusal = outcome.Refusal ?? copied.Refusal,
        };
    }

    /// <summary>Notes what the run did and moves the watermarks of the tables that were read to the end.</summary>
    public static async Task<RunOutcome> FinishAsync(
        TaskOrchestrationContext context, RunPlan plan, SyncMode mode, DateTimeOffset startedAt, IReadOnlyList<TableOutcome> outcomes, IReadOnlyList<TableOutcome> leftAlone,
        string? whyLeft)
    {
        await Task.WhenAll(outcomes.Select(outcome => context.CallActivityAsync(
            nameof(FinishTableActivity), Finished(context.InstanceId, plan, mode, startedAt, outcome, leftAlone.Contains(outcome), whyLeft), Retries.OfRun)));
        var refused = outcomes.Where(outcome => outcome.Refusal is not null).ToList();
        var end = refused.Count > 0 ? RunEnd.NeedsAttention : leftAlone.Count > 0 ? RunEnd.DeletesNotApproved : RunEnd.Complete;
        await context.CallActivityAsync(nameof(ReportRunActivity), new ReportRunRequest(mode, end, [.. outcomes.Select(outcome => outcome.Table)]), Retries.OfRun);
        context.SetCustomStatus(new RunProgress(end.ToString(), [], outcomes));
        return new(end, outcomes, refused.FirstOrDefault()?.Refusal);
    }

    /// <summary>What a table comes to.</summary>
    internal static FinishTableRequest Finished(
        string run, RunPlan plan, SyncMode mode, DateTimeOffset startedAt, TableOutcome outcome, bool isLeftAlone, string? why)
    {
        var root = plan.Roots.Find(candidate => candidate.Table == outcome.Table);
        var child = plan.Children.Find(candidate => candidate.Table == outcome.Table);
        var watermark = outcome.Refusal is not null ? null : root is null ? child?.Watermark : root.Copies ? root.Watermark : null;
        return new(run, mode, startedAt, root?.From, root?.To, outcome, isLeftAlone ? outcome.Missing : 0, watermark, isLeftAlone ? why : null);
    }

    // A parent that an incomplete listing does not show may live.
    private static ChildPlan WithoutGap(ChildPlan child, IEnumerable<TableOutcome> roots) =>
        child with { Complete = child.Complete && roots.First(root => root.Table == child.Parent).Gap is null };

    private static SubOrchestrationOptions Named(string run, string table) => new(instanceId: $"{run}:{table}");
}

/// <summary>What a run is asked to do.</summary>
/// <param name="Tables">The tables to keep, by their short names.</param>
/// <param name="Deep">Whether every listed parent's children are read again, whatever the counts say.</param>
/// <param name="TraceParent">The span that started it; null where nobody traces.</param>
public sealed record RunRequest(IReadOnlyList<string> Tables, bool Deep = false, string? TraceParent = null);

/// <summary>How far a run is: its custom status.</summary>
/// <param name="Phase"><c>reading</c>, <c>NeedsApproval</c>, <c>closing</c>, or how it ended.</param>
/// <param name="Tables">The tables it is at.</param>
/// <param name="Done">The tables it has read.</param>
public sealed record RunProgress(string Phase, IReadOnlyList<string> Tables, IReadOnlyList<TableOutcome> Done)
{
    /// <summary>The phase of a run whose deletions wait for approval.</summary>
    public const string NeedsApproval = "NeedsApproval";
}

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>Everything was read and written.</summary>
    Complete,

    /// <summary>A listing could not be completed; its watermark stays, a person must act.</summary>
    NeedsAttention,

    /// <summary>More records were missing than the guard lets through, and nobody approved; they stay active.</summary>
    DeletesNotApproved,

    /// <summary>A step failed for good; the orchestration failed with it, and has no outcome.</summary>
    Failed,
}

/// <summary>What a run did.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Tables">What it did to each table.</param>
/// <param name="Refusal">Why it needs attention, if it does.</param>
public sealed record RunOutcome(RunEnd End, IReadOnlyList<TableOutcome> Tables, string? Refusal);
