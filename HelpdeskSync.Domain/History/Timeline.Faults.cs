using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.History;

public static partial class Timeline
{
    /// <summary>Checks what must hold for the versions of one record under the conventions.</summary>
    /// <param name="versions">The versions of one record, in the order they are to be checked in: ascending by start.</param>
    /// <param name="conventions">How this installation writes history.</param>
    /// <returns>One sentence a fault, naming the version by its start; empty when the history is sound.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyList<HistoryVersion> versions, HistoryConventions conventions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(conventions);
        var faults = versions.SelectMany(FaultsOf).ToList();
        faults.AddRange(versions.Zip(versions.Skip(1)).SelectMany(pair => FaultsBetween(pair.First, pair.Second, conventions)));
        if (versions.Count(version => version.Active) is > 1 and var active)
        {
            faults.Add($"{active} versions are active; at most one may be.");
        }

        if (versions.Select(version => version.Id).Distinct().Count() > 1)
        {
            faults.Add("The versions are of more than one record.");
        }

        return faults;
    }

    private static IEnumerable<string> FaultsOf(HistoryVersion version)
    {
        var name = $"The version from {HelpdeskTime.Write(version.Start)}";
        if (string.IsNullOrEmpty(version.Hash))
        {
            yield return $"{name} has no hash.";
        }

        if (version.Active != version.End is null)
        {
            yield return version.Active ? $"{name} is active and yet has an end." : $"{name} is not active and yet has no end.";
        }

        if (version.End < version.Start)
        {
            yield return $"{name} ends before it starts.";
        }

        if (version.Start != version.Start.ToWholeMilliseconds() || version.End != version.End?.ToWholeMilliseconds())
        {
            yield return $"{name} has a time finer than a millisecond.";
        }
    }

    private static IEnumerable<string> FaultsBetween(HistoryVersion older, HistoryVersion newer, HistoryConventions conventions)
    {
        var names = $"The versions from {HelpdeskTime.Write(older.Start)} and from {HelpdeskTime.Write(newer.Start)}";
        if (older.Start >= newer.Start)
        {
            yield return $"{names} are not in ascending order of distinct starts.";
        }

        if (older.End is null)
        {
            yield return $"{names}: the older one is still open.";
        }

        if (older.End > conventions.EndBefore(newer.Start))
        {
            yield return $"{names} overlap.";
        }
    }
}
