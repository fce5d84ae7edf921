using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Learns from the old connector's tables how history is to be written, and imports theirs where that is asked for.</summary>
public static class AdoptOrchestrator
{
    /// <summary>Looks at the tables side by side and makes one proposal of what they show.</summary>
    [Function(nameof(AdoptOrchestrator))]
    public static async Task<AdoptReport> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<AdoptRequest>()!;
        var tables = await Task.WhenAll(input.Tables.Select(table => context.CallActivityAsync<AdoptedTable>(
            nameof(AdoptTableActivity), new AdoptTableRequest(table, input.Baseline, input.Apply), Retries.OfRun)));
        return new(input.Baseline, AdoptProposal.Of(tables), tables);
    }
}

/// <summary>What to adopt.</summary>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Tables">The tables, by their short names.</param>
/// <param name="Apply">Whether the old history is imported; else nothing is written.</param>
public sealed record AdoptRequest(Baseline Baseline, IReadOnlyList<string> Tables, bool Apply);

/// <summary>What the old connector's tables tell.</summary>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Proposal">What the app's settings should be.</param>
/// <param name="Tables">The figures, table by table.</param>
public sealed record AdoptReport(Baseline Baseline, AdoptProposal Proposal, IReadOnlyList<AdoptedTable> Tables);
