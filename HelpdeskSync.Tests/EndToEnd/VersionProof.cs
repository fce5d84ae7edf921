namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>What one activity was given to write of one record.</summary>
/// <param name="Table">The record's table.</param>
/// <param name="Id">The record.</param>
/// <param name="ObservedAt">When it was asked for, UTC.</param>
/// <param name="Hash">What it held; null when it was gone.</param>
/// <param name="WriteBegan">The writing began no earlier than this.</param>
/// <param name="WriteEnded">The writing was over by then; null where it is not known to have ended: then it may have happened or not.</param>
internal sealed record Look(string Table, string Id, DateTime ObservedAt, string? Hash, DateTime WriteBegan, DateTime? WriteEnded);

/// <summary>A version as it stands in a history table.</summary>
internal sealed record StoredVersion(string Id, string Hash, DateTime Start, DateTime? End, DateTime Synced, DateTime? Modified);

/// <summary>
/// Whether a record's history (observed starts) holds every version that the app has seen, once. Sound: a fault it tells is one, in whatever order
/// writers that know nothing of each other came to the table.
/// </summary>
/// <remarks>
/// After a look has been written, the history must say of its moment what it saw: the version that stands then has its content, or none stands
/// where the record was gone. The rules know one excuse: a newer look had been written before it. Which of two was written first is only known
/// where one had ended before the other began; so a newer look excuses an older one when it left its mark and may have come first.
/// A look that changed nothing leaves no mark: an older one that is written after it still opens a version, or closes one. So versions that may have
/// been written afterwards are left out of account where what remains shows the look.
/// </remarks>
internal static class VersionProof
{
    /// <summary>What is wrong with one record's history, in words.</summary>
    /// <param name="looks">Every look at the record.</param>
    /// <param name="versions">Its versions.</param>
    /// <param name="served">The hashes of all contents that the helpdesk ever showed.</param>
    public static IEnumerable<string> Faults(IReadOnlyList<Look> looks, IEnumerable<StoredVersion> versions, IReadOnlySet<string> served)
    {
        var ordered = versions.OrderBy(version => version.Start).ToList();
        foreach (var version in ordered.Where(version => !served.Contains(version.Hash)))
        {
            yield return $"{version.Id}: the helpdesk never showed the content of the version of {version.Start:O}";
        }

        foreach (var twice in ordered.GroupBy(version => (version.Synced, version.Hash)).Where(group => group.Count() > 1))
        {
            yield return $"{twice.First().Id}: what was seen at {twice.Key.Synced:O} stands {twice.Count()} times";
        }

        foreach (var look in looks.Where(look => look.WriteEnded is not null && !IsShown(look, looks, ordered) && !IsOvertaken(look, looks, ordered)))
        {
            yield return $"{look.Table} {look.Id}: what was seen at {look.ObservedAt:O} ({look.Hash?[..9] ?? "gone"}), written between {look.WriteBegan:O} and " +
                $"{look.WriteEnded:O}, is not in its history:\n  {string.Join("\n  ", ordered.Select(Text))}\nlooks:\n  {string.Join("\n  ", looks.OrderBy(one => one.ObservedAt).Select(Text))}";
        }
    }

    /// <summary>Whether the history said of the look's moment what it saw, when the look had been written.</summary>
    private static bool IsShown(Look look, IReadOnlyList<Look> looks, IReadOnlyList<StoredVersion> ordered)
    {
        if (look.Hash is not null && Opened(look, ordered))
        {
            return true;
        }

        // What stands at the moment; before it, where that may have been written only afterwards, what stood when the look was written.
        StoredVersion? later = null;
        foreach (var version in ordered.Where(version => version.Synced <= look.ObservedAt).Reverse())
        {
            var isEnded = version.End <= Later(look.ObservedAt, version.Start) && version.End != later?.Start;
            if (look.Hash is null ? isEnded : version.Hash == look.Hash && (!isEnded || EndMayHaveComeAfter(version, look, looks)))
            {
                return true;
            }

            if (!MayHaveComeAfter(version, look, looks))
            {
                return false;
            }

            later = version;
        }

        return look.Hash is null;
    }

    private static bool MayHaveComeAfter(StoredVersion version, Look look, IReadOnlyList<Look> looks)
    {
        var writers = looks.Where(other => other.ObservedAt == version.Synced && other.Hash == version.Hash).ToList();
        return writers.Count == 0 || writers.Exists(other => !(other.WriteEnded < look.WriteBegan));
    }

    private static bool EndMayHaveComeAfter(StoredVersion version, Look look, IReadOnlyList<Look> looks) => looks.Any(other =>
        other.Hash is null && Later(other.ObservedAt, version.Start) == version.End && !(other.WriteEnded < look.WriteBegan));

    private static bool IsOvertaken(Look look, IReadOnlyList<Look> looks, IReadOnlyList<StoredVersion> ordered) =>
        looks.Any(other => IsNewer(other, look) && other.WriteBegan <= look.WriteEnded && LeftItsMark(other, ordered))
        || ordered.Any(version => version.Synced > look.ObservedAt && !looks.Any(other => other.ObservedAt == version.Synced && other.Hash == version.Hash));

    private static bool IsNewer(Look other, Look look) =>
        other.ObservedAt > look.ObservedAt || (other.ObservedAt == look.ObservedAt && other.Hash != look.Hash);

    private static bool LeftItsMark(Look look, IReadOnlyList<StoredVersion> ordered) =>
        look.Hash is null ? ordered.Any(version => version.End == Later(look.ObservedAt, version.Start)) : Opened(look, ordered);

    private static bool Opened(Look look, IReadOnlyList<StoredVersion> ordered) =>
        ordered.Any(version => version.Synced == look.ObservedAt && version.Hash == look.Hash);

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static string Text(StoredVersion version) => $"{version.Start:HH:mm:ss.fff} to {version.End:HH:mm:ss.fff} {version.Hash[..9]} seen {version.Synced:HH:mm:ss.fff}";

    private static string Text(Look look) =>
        $"{look.ObservedAt:HH:mm:ss.fff} {look.Hash?[..9] ?? "gone"} written {look.WriteBegan:HH:mm:ss.fff} to {look.WriteEnded:HH:mm:ss.fff}";
}
