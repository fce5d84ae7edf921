using System.Diagnostics;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>The spans. One trace leads from a webhook, or from a run's start, over the activities to the MERGE.</summary>
/// <remarks>
/// Between them lies the orchestration, which is replayed and so starts no spans: it hands the context on, as text (W3C <c>traceparent</c>), from its
/// input to the requests of its activities.
/// </remarks>
public sealed partial class Instruments
{
    private readonly ActivitySource _source = new(Name);

    /// <summary>The context of our own span that is current, as text; null where there is none, or nobody listens.</summary>
    public static string? TraceParent => Activity.Current is { Source.Name: Name } span ? span.Id : null;

    /// <summary>Starts a span that begins a trace of its own: whoever called us has only a say in it as a link.</summary>
    /// <remarks>The host's own span may stand around this one without being recorded, and would keep everything below it from being so.</remarks>
    public Activity? StartTrace(string name, ActivityKind kind)
    {
        var outer = Activity.Current;
        Activity.Current = null;
        var span = _source.StartActivity(name, kind, default(ActivityContext), links: outer is null ? null : [new(outer.Context)]);
        if (span is null)
        {
            Activity.Current = outer;
        }

        return span;
    }

    /// <summary>Does some work within a span, the child of the one whose context has come with the request.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="traceParent">That context; null where none came: then the span that is current is the parent.</param>
    /// <param name="table">The table it is done for; null where it is for none in particular.</param>
    /// <param name="work">The work.</param>
    public async Task<T> TraceAsync<T>(string name, string? traceParent, string? table, Func<Task<T>> work)
    {
        using var span = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? _source.StartActivity(name, ActivityKind.Internal, parent)
            : _source.StartActivity(name);
        span?.SetTag("helpdesksync.table", table);
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            Failed(span, failure);
            throw;
        }
    }

    /// <summary>Starts the span of a group's MERGE: below the first of those who wait for it, and linked to all.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="rows">How many observations it holds.</param>
    /// <param name="waiters">The contexts of those who wait; default where one has none.</param>
    internal Activity? StartMerge(string table, int rows, IEnumerable<ActivityContext> waiters)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        List<ActivityContext> known = [.. waiters.Where(waiter => waiter != default)];
        var span = _source.StartActivity($"MERGE {table}", ActivityKind.Client, known.FirstOrDefault(), links: known.Select(waiter => new ActivityLink(waiter)));
        return span?.SetTag("db.system.name", "gcp.bigquery").SetTag("db.operation.name", "MERGE").SetTag("db.collection.name", table)
            .SetTag("db.operation.batch.size", rows);
    }

    /// <summary>Marks a span as failed, by the failure's type: its message may say more than a trace should.</summary>
    internal static void Failed(Activity? span, Exception failure) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().FullName);
}
