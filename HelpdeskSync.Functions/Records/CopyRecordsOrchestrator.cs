using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Records;

/// <summary>Fetches and writes the records of staged keys, several chunks side by side.</summary>
public static class CopyRecordsOrchestrator
{
    private const int ChunksAtOnce = 4;
    private const int ChunksPerGeneration = 80;

    /// <summary>Copies all chunks.</summary>
    [Function(nameof(CopyRecordsOrchestrator))]
    public static async Task<CopyRecordsOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<CopyRecordsRequest>()!;
        var end = Math.Min(input.Chunks, input.Next + ChunksPerGeneration);
        var done = new Counter(context, input.Progress.Fetched);
        var lanes = await Task.WhenAll(Enumerable.Range(0, ChunksAtOnce).Select(lane => CopyLaneAsync(context, input, input.Next + lane, end, done)));
        var progress = lanes.Aggregate(input.Progress, (sum, lane) => sum.Plus(lane));
        if (end < input.Chunks && progress.Refusal is null)
        {
            context.ContinueAsNew(input with { Next = end, Progress = progress });
        }

        return progress;
    }

    private static async Task<CopyRecordsOutcome> CopyLaneAsync(TaskOrchestrationContext context, CopyRecordsRequest input, int first, int end, Counter done)
    {
        var copied = CopyRecordsOutcome.None;
        for (var chunk = first; chunk < end && copied.Refusal is null; chunk += ChunksAtOnce)
        {
            var outcome = await CopyChunkAsync(context, input, chunk);
            done.Add(outcome.Fetched);
            copied = copied.Plus(outcome);
        }

        return copied;
    }

    /// <summary>Copies a chunk; where credits run out within it, what was fetched is written, and the rest follows after the pause.</summary>
    private static async Task<CopyRecordsOutcome> CopyChunkAsync(TaskOrchestrationContext context, CopyRecordsRequest input, int chunk)
    {
        var copied = CopyRecordsOutcome.None;
        var keys = BatchNames.Of(input.Run, input.Table, input.Kind, chunk);
        for (var part = 0; part < Retries.MostPauses; part++)
        {
            var batch = BatchNames.Of(input.Run, input.Table, $"{input.Kind}-records-{part}", chunk);
            var fetched = await context.CallActivityAsync<FetchRecordsOutcome>(
                nameof(FetchRecordsActivity), new FetchRecordsRequest(input.Run, input.Table, null, keys, batch, input.TraceParent), Retries.OfRun);
            var written = await context.CallActivityAsync<WriteCounts>(
                nameof(WriteVersionsActivity),
                new WriteVersionsRequest(input.Run, input.Table, batch, input.Kind.StartsWith("failed", StringComparison.Ordinal), TraceParent: input.TraceParent),
                Retries.OfRun);
            copied = copied.Plus(fetched, written);
            if (fetched.Rest is not { } rest || fetched.PausedUntil is not { } until)
            {
                return copied;
            }

            await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
            keys = rest;
        }

        return copied with { Refusal = Retries.TooManyPauses };
    }

    /// <summary>Shows how far all lanes together are.</summary>
    private sealed class Counter
    {
        private readonly TaskOrchestrationContext _context;
        private long _copied;

        public Counter(TaskOrchestrationContext context, long copied)
        {
            _context = context;
            Add(copied);
        }

        public void Add(long copied) => _context.SetCustomStatus(new CopyProgress(_copied += copied));
    }
}

/// <summary>Chunks of keys to copy.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Kind">Which staged keys: <c>changed</c>, <c>missing</c>, <c>failed</c> or <c>failed-again</c>.</param>
/// <param name="Chunks">How many batches of them there are.</param>
/// <param name="Next">The first one not copied yet.</param>
/// <param name="Progress">What earlier generations copied.</param>
/// <param name="TraceParent">The run's span; null where nobody traces.</param>
public sealed record CopyRecordsRequest(
    string Run, string Table, string Kind, int Chunks, int Next, CopyRecordsOutcome Progress, string? TraceParent = null);

/// <summary>How far the copying is: its orchestration's custom status.</summary>
/// <param name="Copied">Records fetched and written so far.</param>
public sealed record CopyProgress(long Copied);

/// <summary>What was copied.</summary>
/// <param name="Fetched">Records asked for, gone ones included.</param>
/// <param name="Failed">Records put down in <c>_sync_failures</c>.</param>
/// <param name="Written">What became of the rest.</param>
/// <param name="Refusal">Why it stopped before all were copied: a person must act. Null otherwise.</param>
/// <param name="Cost">What was asked of BigQuery besides the writing, whose cost is told with it.</param>
public sealed record CopyRecordsOutcome(long Fetched, long Failed, WriteCounts Written, string? Refusal = null, QueryCost? Cost = null)
{
    /// <summary>Nothing copied.</summary>
    public static CopyRecordsOutcome None { get; } = new(0, 0, WriteCounts.None);

    /// <summary>Both together.</summary>
    public CopyRecordsOutcome Plus(CopyRecordsOutcome other) =>
        new(Fetched + other.Fetched, Failed + other.Failed, Written.Plus(other.Written), Refusal ?? other.Refusal, (Cost ?? QueryCost.None).Plus(other.Cost));

    /// <summary>The same, and the cost of more that was asked for it.</summary>
    public CopyRecordsOutcome Plus(QueryCost cost) => this with { Cost = cost.Plus(Cost) };

    internal CopyRecordsOutcome Plus(FetchRecordsOutcome fetched, WriteCounts written) => new(
        Fetched + fetched.Found + fetched.Gone, Failed + fetched.Failed + fetched.Unresolved, Written.Plus(written), Refusal ?? fetched.Refusal,
        (Cost ?? QueryCost.None).Plus(fetched.Cost));
}
