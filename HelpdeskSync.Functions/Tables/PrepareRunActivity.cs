using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Fixes what a run will do before it begins: its windows, its tables, and the failures of earlier runs that it tries first.</summary>
public sealed class PrepareRunActivity(
    Connector connector, SyncState state, SyncFailures failures, IStagedBatches batches, Instruments instruments, IOptions<SyncOptions> options)
{
    /// <summary>Plans the run.</summary>
    [Function(nameof(PrepareRunActivity))]
    public Task<RunPlan> RunAsync([ActivityTrigger] PrepareRunRequest request, CancellationToken cancellationToken) =>
        instruments.TraceAsync("prepare run", request.TraceParent, null, () => PlanAsync(request, cancellationToken));

    private async Task<RunPlan> PlanAsync(PrepareRunRequest request, CancellationToken cancellationToken)
    {
        var chosen = connector.Entities.Where(entity => request.Tables.Contains(entity.Table, StringComparer.OrdinalIgnoreCase)).ToList();
        var spending = new Spending();
        var watermarks = await state.WatermarksAsync(spending, cancellationToken);
        var roots = chosen.Where(entity => !entity.IsChild)
            .Concat(chosen.Where(entity => entity.IsChild).Select(connector.ParentOf))
            .DistinctBy(entity => entity.Table);
        var plan = new RunPlan([], [], options.Value.ApprovalWait, request.TraceParent);
        foreach (var root in roots)
        {
            var copies = chosen.Contains(root);
            var kept = chosen.Where(entity => entity == root || (entity.IsChild && connector.ParentOf(entity) == root)).Select(entity => entity.Table);
            var failed = copies ? await StageFailedAsync(request.Run, root, spending, cancellationToken) : 0;

            // The watermarks are read once for all tables, and count with the first.
            plan.Roots.Add(Root(request, root, Oldest(kept, watermarks), copies, failed) with { TraceParent = request.TraceParent, Cost = spending.Cost });
            spending = new();
        }

        foreach (var child in chosen.Where(entity => entity.IsChild))
        {
            var parent = plan.Roots.First(root => root.Table == connector.ParentOf(child).Table);
            var failed = await StageFailedAsync(request.Run, child, spending, cancellationToken);
            plan.Children.Add(new(child.Table, parent.Table, parent.Complete, failed, parent.Watermark, request.TraceParent, spending.Cost));
            spending = new();
        }

        return plan;
    }

    // Children are found by their parents' changes: of the tables that share a listing, the one that lags most decides where it begins.
    private DateTimeOffset Oldest(IEnumerable<string> tables, IReadOnlyDictionary<string, DateTimeOffset> watermarks) =>
        tables.Min(table => watermarks.TryGetValue(table, out var known) ? known - options.Value.Overlap : options.Value.Epoch);

    private RootPlan Root(PrepareRunRequest request, Entity root, DateTimeOffset from, bool copies, int failed)
    {
        if (root.Search is null)
        {
            return new(root.Table, null, null, null, true, copies, failed, null, null);
        }

        // Younger than this may not show up in the search yet. A full run reads on to its start, but holds nothing so young to be missing.
        var indexed = request.StartedAt - options.Value.IndexLag;
        return request.Mode == SyncMode.Full
            ? new(root.Table, SearchField.Created, options.Value.Epoch, request.StartedAt, true, copies, failed, indexed, indexed, root.Archive is not null)
            : new(root.Table, SearchField.Modified, from < indexed ? from : indexed, indexed, false, copies, failed, indexed, null);
    }

    private Task<int> StageFailedAsync(string run, Entity entity, Spending spending, CancellationToken cancellationToken) =>
        failures.StageAsync(batches, run, entity, "failed", options.Value.ChunkSize, spending, cancellationToken);
}

/// <summary>How a run finds what changed.</summary>
public enum SyncMode
{
    /// <summary>By modified time since the watermark.</summary>
    Incremental,

    /// <summary>By listing everything.</summary>
    Full,
}

/// <summary>A run to prepare.</summary>
/// <param name="Run">The run: its orchestration's instance id.</param>
/// <param name="Mode">How it finds what changed.</param>
/// <param name="Tables">The tables it keeps, by their short names.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="TraceParent">The span that started it; null where nobody traces.</param>
public sealed record PrepareRunRequest(string Run, SyncMode Mode, IReadOnlyList<string> Tables, DateTimeOffset StartedAt, string? TraceParent = null);

/// <summary>What a run does.</summary>
/// <param name="Roots">Tables that stand by themselves, and those that are listed only for their children's sake.</param>
/// <param name="Children">Tables whose records belong to a parent.</param>
/// <param name="ApprovalWait">How long it waits for the approval of deletions.</param>
/// <param name="TraceParent">The span that started it; null where nobody traces.</param>
public sealed record RunPlan(List<RootPlan> Roots, List<ChildPlan> Children, TimeSpan ApprovalWait, string? TraceParent = null);

/// <summary>How one table is read.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Field">By which time it is searched; null: its pages are listed.</param>
/// <param name="From">Start of the window, inclusive.</param>
/// <param name="To">End of the window, exclusive.</param>
/// <param name="Complete">Whether the listing will show every living record.</param>
/// <param name="Copies">Whether its records are fetched; false where it is listed for its children only.</param>
/// <param name="FailedChunks">Staged batches of records that failed in earlier runs.</param>
/// <param name="Watermark">Where the watermark goes when the run has done its work; null for a table without one.</param>
/// <param name="ListedTo">Records made at or after this moment may not be listed yet; null where listings have no such bound.</param>
/// <param name="Archive">Whether records that the search leaves out are listed as well.</param>
/// <param name="TraceParent">The run's span.</param>
/// <param name="Cost">What planning it cost; null in the history of an older version of the app.</param>
public sealed record RootPlan(
    string Table, SearchField? Field, DateTimeOffset? From, DateTimeOffset? To, bool Complete, bool Copies, int FailedChunks, DateTimeOffset? Watermark,
    DateTimeOffset? ListedTo, bool Archive = false, string? TraceParent = null, QueryCost? Cost = null);

/// <summary>How one table of children is read.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Parent">Its parent's table.</param>
/// <param name="Complete">Whether the parents' listing will show every living parent.</param>
/// <param name="FailedChunks">Staged batches of records that failed in earlier runs.</param>
/// <param name="Watermark">Where the watermark goes when the run has done its work.</param>
/// <param name="TraceParent">The run's span.</param>
/// <param name="Cost">What planning it cost; null in the history of an older version of the app.</param>
public sealed record ChildPlan(
    string Table, string Parent, bool Complete, int FailedChunks, DateTimeOffset? Watermark, string? TraceParent = null, QueryCost? Cost = null);
