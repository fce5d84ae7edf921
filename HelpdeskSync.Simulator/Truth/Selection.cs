using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>Unix milliseconds, both ends included, as Zoho's "from,to" reads; a caller with half-open windows loses nothing.</summary>
internal readonly record struct TimeRange(long From, long To)
{
    public bool Contains(long time) => time >= From && time <= To;
}

/// <summary>Which tickets or contacts are wanted and in what order; ties go by id, in the direction of the sort.</summary>
internal sealed record Selection
{
    public required Table Table { get; init; }

    public bool ByModified { get; init; }

    public bool Descending { get; init; }

    public TimeRange? Created { get; init; }

    public TimeRange? Modified { get; init; }

    public Func<RecordView, bool>? Filter { get; init; }

    /// <summary>Another order than by created or modified time; the whole match is then sorted.</summary>
    public Comparison<RecordView>? Order { get; init; }

    public int From { get; init; }

    public int Limit { get; init; }
}
