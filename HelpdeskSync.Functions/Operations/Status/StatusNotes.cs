using System.Globalization;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Says what a person should look at. Pure; the same rules as the alerts.</summary>
internal static class StatusNotes
{
    /// <summary>The notes, the most urgent first; none when all is well.</summary>
    public static IReadOnlyList<StatusNote> Of(
        IReadOnlyList<TableStatus> tables, IReadOnlyList<RunningStatus> running, IReadOnlyList<OrchestrationStatus> recent, string? fault,
        OperationsOptions options, DateTimeOffset now)
    {
        if (fault is not null)
        {
            return [new("warehouse", fault), .. Approvals(running), .. FailedRuns(recent)];
        }

        return tables.All(table => table.Incremental is null && table.Full is null && table.ActiveRows is null or 0) && running.Count == 0
            ? [new("empty", "There is no data yet. Start a full run: it copies everything the helpdesk lists."), .. FailedRuns(recent)]
            : [.. Approvals(running), .. FailedRuns(recent), .. tables.SelectMany(table => OfTable(table, running.Count > 0, options, now))];
    }

    private static IEnumerable<StatusNote> Approvals(IReadOnlyList<RunningStatus> running) =>
        from run in running
        where run.Phase == RunProgress.NeedsApproval
        let waiting = run.Tables.Where(table => table.Phase == "needsApproval").ToList()
        select new StatusNote(
            "needsApproval",
            $"The {run.Kind} run waits: {string.Join(", ", waiting.Select(Missing))}. "
            + "Approve, and each is asked for once more and closed if it is gone; refuse, and they stay.",
            Run: run.Run);

    private static string Missing(ProgressStatus table) => string.Create(
        CultureInfo.InvariantCulture, $"{table.Missing:N0} records of {table.Table} are missing from the helpdesk's listing (more than {table.DeletionLimit:N0})");

    // Only what is still so: a later run of the same kind that completed has mended it.
    private static IEnumerable<StatusNote> FailedRuns(IReadOnlyList<OrchestrationStatus> recent) =>
        from run in recent
        where run.Kind is "full" or "incremental"
        group run by run.Kind into kind
        select kind.FirstOrDefault(run => run.Status is not "Running" and not "Pending") into last
        where last is { Status: "Failed" or "Terminated" }
        select new StatusNote(
            "runFailed", $"The last {last.Kind} run ended as {last.Status}. Look at its history, mend the cause and start it again.", Run: last.Id);

    private static IEnumerable<StatusNote> OfTable(TableStatus table, bool isRunning, OperationsOptions options, DateTimeOffset now)
    {
        var last = new[] { table.Incremental, table.Full }.OfType<TableRunStatus>().OrderByDescending(run => run.StartedAt).ToList();
        if (last.FirstOrDefault() is { State: not "complete" and not "needs_approval" } latest)
        {
            yield return new(
                "runFailed", $"The last run of {table.Table} ended as {latest.State}. {latest.Detail ?? "Its watermark stays; start a full run once the cause is gone."}",
                table.Table, latest.Run);
        }

        var good = last.Find(run => run.State == "complete")?.EndedAt;
        if (!isRunning && (good is null || now - good > options.StaleAfter))
        {
            yield return new(
                "stale", good is null ? $"No run of {table.Table} has succeeded yet." : $"No run of {table.Table} has succeeded for {(now - good.Value).TotalHours:0} hours. Start an incremental run.",
                table.Table);
        }

        if (table.Latency.P95Seconds > options.SlowAfter.TotalSeconds)
        {
            yield return new(
                "slow", $"Events of {table.Table} take up to {table.Latency.P95Seconds:0} s (95 % of the last hour) to become rows. Look at the failures and the helpdesk's limits.",
                table.Table);
        }

        if (table.Failures > 0)
        {
            yield return new(
                "failures", $"{table.Failures} {(table.Failures == 1 ? "record" : "records")} of {table.Table} could not be had. Each run tries them first; see why below.", table.Table);
        }
    }
}
