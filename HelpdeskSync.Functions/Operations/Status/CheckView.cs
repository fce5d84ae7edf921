using HelpdeskSync.Functions.Cutover;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Sums up what a verification, comparison or adoption found.</summary>
internal static class CheckView
{
    /// <summary>The kinds of checks, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["verify", "compare", "adopt"];

    /// <summary>The check in short; without outcome and summary where it has not completed, or is of another kind.</summary>
    public static CheckStatus Of(string kind, OrchestrationMetadata instance)
    {
        var (outcome, summary) = instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed, SerializedOutput: not null } ? Read(kind, instance) : default;
        return new(kind, instance.InstanceId, instance.RuntimeStatus.ToString(), outcome, summary, instance.CreatedAt);
    }

    private static (string? Outcome, string? Summary) Read(string kind, OrchestrationMetadata instance) => kind switch
    {
        "verify" when instance.ReadOutputAs<VerifyReport>() is { } report => (Outcome(report.Pass), Summary(report)),
        "compare" when instance.ReadOutputAs<CompareReport>() is { } report => (Outcome(report.Pass), Summary(report)),
        "adopt" when instance.ReadOutputAs<AdoptReport>() is { } report => (null, Summary(report)),
        _ => default,
    };

    private static string Outcome(bool pass) => pass ? "pass" : "fail";

    private static string Summary(VerifyReport report) => report.Pass
        ? $"No rule is broken in {report.Tables.Sum(table => table.Versions)} versions."
        : string.Join(' ', report.Tables.Where(table => !table.Pass)
            .Select(table => $"{table.Table}: {string.Join(", ", table.Broken.Where(rule => !rule.IsNotice).Select(rule => $"{rule.Rule} {rule.Found}"))}."));

    private static string Summary(CompareReport report) => report.Pass
        ? $"All {report.Tables.Count} tables pass against {report.Baseline.Project}.{report.Baseline.Dataset}."
        : string.Join(' ', report.Tables.Where(table => !table.Pass).Select(table => $"{table.Table}: {string.Join(' ', table.Blockers)}"));

    private static string Summary(AdoptReport report) => report.Tables.Any(table => table.Import is not null)
        ? $"{report.Tables.Sum(table => table.Import?.Imported ?? 0)} versions were imported; {report.Proposal.Doubts.Count} doubts."
        : $"{report.Proposal.Settings.Count} settings are proposed, an import would bring {report.Tables.Sum(table => table.WouldImport?.Import ?? 0)} versions; {report.Proposal.Doubts.Count} doubts.";
}
