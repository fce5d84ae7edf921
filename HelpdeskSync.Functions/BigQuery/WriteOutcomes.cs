using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>A version that stands in the table after a statement.</summary>
/// <param name="Id">The record.</param>
/// <param name="Active">Whether it holds now.</param>
/// <param name="Start">When it began.</param>
/// <param name="Synced">When the observation was made that wrote it; null where an adopted row does not say.</param>
/// <param name="End">When it ended; null while it is active.</param>
/// <param name="Hash">Its hash; null in rows that another connector wrote.</param>
public sealed record StandingVersion(string Id, bool Active, DateTime Start, DateTime? Synced, DateTime? End, string? Hash);

/// <summary>What became of each observation of a group, by its place in it.</summary>
public sealed class WriteOutcomes(int count)
{
    private readonly ObservationOutcome[] _outcomes = new ObservationOutcome[count];

    /// <summary>What the group's statements cost.</summary>
    public Spending Spending { get; } = new();

    /// <summary>What became of the observation at a place.</summary>
    public ObservationOutcome this[int index] => _outcomes[index];

    /// <summary>Puts down what became of the observation at a place.</summary>
    public void Set(int index, ObservationOutcome outcome) => _outcomes[index] = outcome;

    /// <summary>Puts down what became of the rows of one statement, where its counts alone tell; false where the table must be asked.</summary>
    internal bool TrySet(List<int> places, List<HistoryRow> rows, StatementResult result)
    {
        ObservationOutcome? told = result.Inserted == rows.Count ? ObservationOutcome.Opened
            : rows is [{ Hash: null }] && result.Updated == 1 ? ObservationOutcome.Closed
            : null;
        if (told is { } outcome)
        {
            places.ForEach(place => Set(place, outcome));
        }

        return told is not null;
    }

    /// <summary>Puts down what became of the rows of one statement, from the versions that stand after it; the statement's own counts bound the answers.</summary>
    internal void Set(List<int> places, List<HistoryRow> rows, StatementResult result, ILookup<string, StandingVersion> standing)
    {
        var (inserted, updated) = (result.Inserted, result.Updated);
        for (var at = 0; at < rows.Count; at++)
        {
            var outcome = Of(rows[at], standing[rows[at].Id]);

            // A version that stands with just this observation may have been written by an earlier delivery of it.
            outcome = outcome switch
            {
                ObservationOutcome.Opened when inserted-- <= 0 => ObservationOutcome.Unchanged,
                ObservationOutcome.Closed when updated-- <= 0 => ObservationOutcome.AlreadyGone,
                _ => outcome,
            };
            Set(places[at], outcome);
        }
    }

    /// <summary>The counts of a stretch of the group. Cost is shared out by rows, so that the shares add up to the whole.</summary>
    public WriteCounts Count(int offset, int length)
    {
        long opened = 0, closed = 0, stale = 0;
        foreach (var outcome in _outcomes.AsSpan(offset, length))
        {
            opened += outcome is ObservationOutcome.Opened or ObservationOutcome.Inserted ? 1 : 0;
            closed += outcome is ObservationOutcome.Closed ? 1 : 0;
            stale += outcome is ObservationOutcome.Stale ? 1 : 0;
        }

        return new(
            opened, closed, length - opened - closed - stale, stale, Share(Spending.BytesBilled, offset, length), Share(Spending.Statements, offset, length));
    }

    private static ObservationOutcome Of(HistoryRow row, IEnumerable<StandingVersion> standing)
    {
        var versions = standing.ToList();
        var observed = row.ObservedAt.UtcDateTime;
        var active = versions.Find(version => version.Active);
        if (row.Hash is null)
        {
            return active is not null ? ObservationOutcome.Stale
                : versions.Exists(version => version.End is { } end && end == (observed > version.Start ? observed : version.Start)) ? ObservationOutcome.Closed
                : ObservationOutcome.AlreadyGone;
        }

        return versions.Exists(version => version.Hash == row.Hash && version.Synced == observed) ? ObservationOutcome.Opened
            : active?.Hash == row.Hash ? ObservationOutcome.Unchanged
            : ObservationOutcome.Stale;
    }

    private long Share(long whole, int offset, int length) =>
        (long)((Int128)whole * (offset + length) / _outcomes.Length - (Int128)whole * offset / _outcomes.Length);
}
