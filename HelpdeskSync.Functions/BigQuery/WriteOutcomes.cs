using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>A version that stands in the table after a statement.</summary>
public sealed record StandingVersion(string Id, bool Active, DateTime Synced, DateTime? End, string Hash);

/// <summary>What became of each observation of a group, by its place in it.</summary>
public sealed class WriteOutcomes(int count)
{
    private readonly ObservationOutcome[] _outcomes = new ObservationOutcome[count];
    private long _bytesBilled;
    private long _statements;

    /// <summary>Puts down what became of the observation at a place.</summary>
    public void Set(int index, ObservationOutcome outcome) => _outcomes[index] = outcome;

    /// <summary>Adds a statement's cost.</summary>
    public void Add(StatementResult result)
    {
        _statements++;
        _bytesBilled += result.BytesBilled;
    }

    /// <summary>The counts of a stretch of the group. Cost is shared out by rows.</summary>
    public WriteCounts Count(int offset, int length)
    {
        var own = _outcomes.AsSpan(offset, length);
        long opened = 0, closed = 0, stale = 0;
        foreach (var outcome in own)
        {
            opened += outcome is ObservationOutcome.Opened or ObservationOutcome.Inserted ? 1 : 0;
            closed += outcome is ObservationOutcome.Closed ? 1 : 0;
            stale += outcome is ObservationOutcome.Stale ? 1 : 0;
        }

        return new(opened, closed, length - opened - closed - stale, stale, _bytesBilled * length / _outcomes.Length, _statements);
    }

    /// <summary>Tells from the versions that stand what became of an observation; the same answer however often its statement was repeated.</summary>
    /// <param name="row">The observation.</param>
    /// <param name="standing">The record's active version and those seen or ended since the observation.</param>
    public static ObservationOutcome Of(HistoryRow row, IEnumerable<StandingVersion> standing)
    {
        var versions = standing.ToList();
        var observed = row.ObservedAt.UtcDateTime;
        var active = versions.Find(version => version.Active);
        if (row.Hash is null)
        {
            return active is not null ? ObservationOutcome.Stale
                : versions.Exists(version => version.End == observed) ? ObservationOutcome.Closed
                : ObservationOutcome.AlreadyGone;
        }

        return versions.Exists(version => version.Hash == row.Hash && version.Synced == observed) ? ObservationOutcome.Opened
            : active?.Hash == row.Hash ? ObservationOutcome.Unchanged
            : ObservationOutcome.Stale;
    }
}
