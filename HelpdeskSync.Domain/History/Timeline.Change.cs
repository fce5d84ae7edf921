namespace HelpdeskSync.Domain.History;

public static partial class Timeline
{
    /// <summary>A look at a living record whose content is not that of an active latest version.</summary>
    private sealed record Change(
        IReadOnlyList<HistoryVersion> Versions, string Id, DateTimeOffset ObservedAt, string Hash, HistoryConventions Conventions)
    {
        private HistoryVersion? Latest => Versions.Count > 0 ? Versions[^1] : null;

        /// <summary>Observed starts: only a look that is not older than what is known adds a version, at the end.</summary>
        public (IReadOnlyList<HistoryVersion>, ObservationOutcome) ApplyObserved()
        {
            if (Latest is not { } latest)
            {
                return Open(ObservedAt);
            }

            var seen = latest is { Active: false, End: { } deletedAt } ? Later(latest.Synced, deletedAt) : latest.Synced;
            return ObservedAt < seen ? Nothing() : Open(Later(ObservedAt, EarliestStartAfter(latest)));
        }

        /// <summary>Source-dated starts: the modified time says where the version belongs.</summary>
        public (IReadOnlyList<HistoryVersion>, ObservationOutcome) ApplySourceDated(DateTimeOffset modifiedAt) => Latest switch
        {
            null => Open(modifiedAt),
            { Active: true } latest => ApplyToActive(latest, modifiedAt),
            { End: { } deletedAt } latest => ApplyToDeleted(latest, deletedAt, modifiedAt),
            _ => throw new ArgumentException("The latest version is neither active nor has it an end."),
        };

        private (IReadOnlyList<HistoryVersion>, ObservationOutcome) ApplyToActive(HistoryVersion latest, DateTimeOffset modifiedAt)
        {
            if (modifiedAt > latest.Start)
            {
                return Open(modifiedAt);
            }

            if (modifiedAt < latest.Start)
            {
                return Insert(modifiedAt);
            }

            // The content changed without its modified time moving: the later look is the truth.
            return ObservedAt < latest.Synced ? Nothing() : Open(latest.Start + Millisecond);
        }

        private (IReadOnlyList<HistoryVersion>, ObservationOutcome) ApplyToDeleted(
            HistoryVersion latest, DateTimeOffset deletedAt, DateTimeOffset modifiedAt)
        {
            if (ObservedAt >= deletedAt)
            {
                return Open(Later(modifiedAt, deletedAt + Millisecond));
            }

            if (modifiedAt < latest.Start)
            {
                return Insert(modifiedAt);
            }

            if (modifiedAt == latest.Start || modifiedAt >= deletedAt)
            {
                return Nothing();
            }

            var cut = latest with { End = Conventions.EndBefore(modifiedAt) };
            return ([.. Versions.SkipLast(1), cut, Closed(modifiedAt, deletedAt)], ObservationOutcome.Inserted);
        }

        /// <summary>Puts a version that came late between its neighbours.</summary>
        private (IReadOnlyList<HistoryVersion>, ObservationOutcome) Insert(DateTimeOffset start)
        {
            var before = Versions.TakeWhile(version => version.Start < start).ToList();
            var next = Versions[before.Count];
            var previous = before.LastOrDefault();
            if (next.Start == start || previous?.Hash == Hash)
            {
                return Nothing();
            }

            var end = Conventions.EndBefore(next.Start);
            var previousEnd = Conventions.EndBefore(start);
            if (previous?.End is { } deletedAt && deletedAt != end)
            {
                // The record was deleted before the next version: before this one too (then that stays), or only after it.
                (previousEnd, end) = deletedAt <= previousEnd ? (deletedAt, end) : (previousEnd, deletedAt);
            }

            if (previous is not null)
            {
                before[^1] = previous with { End = previousEnd };
            }

            return ([.. before, Closed(start, end), .. Versions.Skip(before.Count)], ObservationOutcome.Inserted);
        }

        /// <summary>Adds an active version at the end, and closes the latest where it is still open.</summary>
        private (IReadOnlyList<HistoryVersion>, ObservationOutcome) Open(DateTimeOffset start)
        {
            var opened = new HistoryVersion { Id = Id, Start = start, Active = true, Synced = ObservedAt, Hash = Hash };
            if (Latest is not { Active: true } latest)
            {
                return ([.. Versions, opened], ObservationOutcome.Opened);
            }

            var superseded = latest with { Active = false, End = Conventions.EndBefore(start) };
            return ([.. Versions.SkipLast(1), superseded, opened], ObservationOutcome.Opened);
        }

        private HistoryVersion Closed(DateTimeOffset start, DateTimeOffset end) =>
            new() { Id = Id, Start = start, End = end, Active = false, Synced = ObservedAt, Hash = Hash };

        private (IReadOnlyList<HistoryVersion>, ObservationOutcome) Nothing() => (Versions, ObservationOutcome.Stale);

        /// <summary>
        /// Two versions never share a start, and none starts at the moment of a deletion, so that BETWEEN finds one version.
        /// </summary>
        private static DateTimeOffset EarliestStartAfter(HistoryVersion latest) =>
            (latest is { Active: false, End: { } deletedAt } ? Later(latest.Start, deletedAt) : latest.Start) + Millisecond;
    }
}
