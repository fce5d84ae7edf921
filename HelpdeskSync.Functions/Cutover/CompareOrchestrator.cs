using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Compares the history tables with the old connector's: the report on which a cut-over is decided.</summary>
public static class CompareOrchestrator
{
    /// <summary>Asks how far the old connector is, then compares the tables side by side.</summary>
    [Function(nameof(CompareOrchestrator))]
    public static async Task<CompareReport> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<CompareRequest>()!;
        var synced = await context.CallActivityAsync<DateTime?>(nameof(BaselineSyncedActivity), input.Baseline, Retries.OfRun);
        var compared = await Task.WhenAll(input.Tables.Select(table => context.CallActivityAsync<TableComparison>(
            nameof(CompareTableActivity), new CompareTableRequest(context.InstanceId, table, input.Baseline, synced, input.Since, input.Tolerance), Retries.OfRun)));
        return new(compared.All(table => table.Pass), input.Baseline, compared);
    }
}

/// <summary>What to compare.</summary>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Tables">The tables, by their short names.</param>
/// <param name="Since">From when on versions are compared; null: from the end of the first full run.</param>
/// <param name="Tolerance">How far apart the starts of one version may lie.</param>
public sealed record CompareRequest(Baseline Baseline, IReadOnlyList<string> Tables, DateTimeOffset? Since, TimeSpan Tolerance);
