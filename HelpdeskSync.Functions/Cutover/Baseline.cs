using System.Text.RegularExpressions;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The old connector's dataset: <c>project.dataset</c>.</summary>
/// <param name="Project">The project.</param>
/// <param name="Dataset">The dataset.</param>
public sealed partial record Baseline(string Project, string Dataset)
{
    /// <summary>Reads parameter <c>baseline</c>; null, and a fault added, where it is none.</summary>
    internal static Baseline? Read(string text, List<string> faults)
    {
        if (Pattern().Match(text) is { Success: true } match)
        {
            return new(match.Groups["project"].Value, match.Groups["dataset"].Value);
        }

        faults.Add(text.Length == 0
            ? "Parameter baseline is missing; it names the old connector's dataset: project.dataset."
            : $"Parameter baseline is '{text}'; it must be project.dataset, as in acme-prod.fivetran_zoho_desk.");
        return null;
    }

    /// <summary>One of its tables, fully qualified and quoted.</summary>
    internal string Table(string table) => SqlNames.Quote($"{Project}.{Dataset}.{table}");

    // Projects: letters, digits, dashes, and for old ones a domain before a colon. Datasets: letters, digits, underscores.
    [GeneratedRegex(@"^(?<project>[a-z0-9.:-]{1,128}[a-z0-9])\.(?<dataset>[A-Za-z0-9_]{1,1024})$")]
    private static partial Regex Pattern();
}
