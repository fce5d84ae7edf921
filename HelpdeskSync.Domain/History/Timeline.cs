namespace HelpdeskSync.Domain.History;

/// <summary>
/// The history rules: what one observation does to the versions of one record. The oracle for the SQL that does the same to tables.
/// </summary>
/// <remarks>
/// Pure. Applying an observation twice in a row is applying it once. With observed starts, one that was written and comes again any
/// time later writes nothing, as long as no two different looks at the record share a millisecond. With source-dated starts it may
/// still be inserted once among older versions, and never moves the active one.
/// </remarks>
public static partial class Timeline
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>Applies one observation.</summary>
    /// <param name="versions">The versions of this one record, ascending by start and without <see cref="Faults"/>; empty when it is
    /// new.</param>
    /// <param name="observation">What was seen.</param>
    /// <param name="conventions">How this installation writes history; the same for the whole life of a table.</param>
    /// <returns>The versions afterwards, ascending by start (the same list where nothing was written), and what happened.</returns>
    /// <exception cref="ArgumentException">A version belongs to another record.</exception>
    public static (IReadOnlyList<HistoryVersion> Versions, ObservationOutcome Outcome) Apply(
        IReadOnlyList<HistoryVersion> versions, Observation observation, HistoryConventions conventions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(conventions);
        if (versions.Any(version => version.Id != observation.Id))
        {
            throw new ArgumentException("The versions and the observation must be of one record.", nameof(versions));
        }

        if (observation.Hash is not { } hash)
        {
            return ApplyGone(versions, observation);
        }

        if (versions.Count > 0 && versions[^1] is { Active: true } latest && latest.Hash == hash)
        {
            return (versions, ObservationOutcome.Unchanged);
        }

        var change = new Change(versions, observation.Id, observation.ObservedAt, hash, conventions);
        return conventions.VersionStart == VersionStart.SourceModified && observation.ModifiedAt is { } modifiedAt
            ? change.ApplySourceDated(modifiedAt)
            : change.ApplyObserved();
    }

    private static (IReadOnlyList<HistoryVersion>, ObservationOutcome) ApplyGone(IReadOnlyList<HistoryVersion> versions, Observation gone)
    {
        if (versions.Count == 0 || versions[^1] is not { Active: true } latest)
        {
            return (versions, ObservationOutcome.AlreadyGone);
        }

        if (gone.ObservedAt < latest.Synced)
        {
            return (versions, ObservationOutcome.Stale);
        }

        var closed = latest with { Active = false, End = Later(gone.ObservedAt, latest.Start) };
        return ([.. versions.SkipLast(1), closed], ObservationOutcome.Closed);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
