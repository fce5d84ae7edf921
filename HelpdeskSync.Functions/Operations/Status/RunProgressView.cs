using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Puts together how far a run is from what it and its parts say of themselves.</summary>
internal static class RunProgressView
{
    /// <summary>The run as the status shows it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="kind"><c>incremental</c> or <c>full</c>.</param>
    /// <param name="parts">Sub-orchestrations by their ids: <c>{run}:{table}</c> and <c>{run}:{table}:{step}</c>.</param>
    public static RunningStatus Of(OrchestrationMetadata run, string kind, IReadOnlyDictionary<string, OrchestrationMetadata> parts)
    {
        var progress = run.SerializedCustomStatus is null ? null : run.ReadCustomStatusAs<RunProgress>();
        var asked = run.SerializedInput is null ? [] : run.ReadInputAs<RunRequest>()?.Tables ?? [];
        return new(
            run.InstanceId, kind, run.RuntimeStatus.ToString(), progress?.Phase ?? "preparing", run.CreatedAt,
            [.. asked.Select(table => Table(run.InstanceId, table, progress, parts))]);
    }

    private static ProgressStatus Table(string run, string table, RunProgress? progress, IReadOnlyDictionary<string, OrchestrationMetadata> parts)
    {
        if (progress?.Done.FirstOrDefault(outcome => outcome.Table == table) is { } done)
        {
            var waits = progress.Phase == RunProgress.NeedsApproval && done.NeedsApproval;
            return new(
                table, done.Refusal is not null ? "refused" : waits ? "needsApproval" : "read", done.Listed, done.Copied.Fetched, done.Copied.Fetched,
                done.Missing, done.DeletionLimit, done.Refusal);
        }

        if (Read<TableProgress>(parts, $"{run}:{table}") is not { } reading)
        {
            return new(table, "waiting", 0, null, 0, 0, 0, null);
        }

        return reading.Phase == "listing"
            ? new(table, reading.Phase, Read<ListProgress>(parts, $"{run}:{table}:list")?.Rows ?? 0, null, 0, 0, 0, null)
            : new(table, reading.Phase, reading.Listed, reading.Changed, Read<CopyProgress>(parts, $"{run}:{table}:changed")?.Copied ?? 0, 0, 0, null);
    }

    private static T? Read<T>(IReadOnlyDictionary<string, OrchestrationMetadata> parts, string id)
        where T : class =>
        parts.TryGetValue(id, out var part) && part.SerializedCustomStatus is not null ? part.ReadCustomStatusAs<T>() : null;
}
