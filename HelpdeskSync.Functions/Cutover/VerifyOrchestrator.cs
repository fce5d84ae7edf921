using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Holds whole history tables to the history's rules, table by table.</summary>
public static class VerifyOrchestrator
{
    /// <summary>Verifies the tables side by side.</summary>
    [Function(nameof(VerifyOrchestrator))]
    public static async Task<VerifyReport> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var tables = context.GetInput<IReadOnlyList<string>>()!;
        var verified = await Task.WhenAll(tables.Select(table =>
            context.CallActivityAsync<VerifiedTable>(nameof(VerifyTableActivity), new VerifyTableRequest(table), Retries.OfRun)));
        return new(verified.All(table => table.Pass), verified);
    }
}

/// <summary>Whether the history is sound.</summary>
/// <param name="Pass">Whether no table breaks a rule.</param>
/// <param name="Tables">What was found in each.</param>
public sealed record VerifyReport(bool Pass, IReadOnlyList<VerifiedTable> Tables);
