namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>A span of time, half-open [From, To), in UTC and whole milliseconds (finer input is truncated).</summary>
/// <remarks>A window never runs backwards: To is at least From. Two windows are equal when both ends are.</remarks>
public readonly record struct TimeWindow
{
    /// <summary>Makes the window [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <exception cref="ArgumentException"><paramref name="to"/> is before <paramref name="from"/>.</exception>
    public TimeWindow(DateTimeOffset from, DateTimeOffset to)
    {
        From = from.ToWholeMilliseconds();
        To = to.ToWholeMilliseconds();
        if (To < From)
        {
            throw new ArgumentException($"A window cannot end ({To:O}) before it begins ({From:O}).", nameof(to));
        }
    }

    /// <summary>The first moment, inclusive.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The end, exclusive.</summary>
    public DateTimeOffset To { get; }

    /// <summary>True when no moment lies in the window.</summary>
    public bool IsEmpty => From == To;

    /// <summary>How long the window is; zero when empty.</summary>
    public TimeSpan Length => To - From;

    /// <summary>True when the window is at least 2 ms long, so that both halves hold a moment.</summary>
    public bool CanSplit => Length >= TimeSpan.FromMilliseconds(2);

    /// <summary>True when <paramref name="moment"/> lies in the window.</summary>
    public bool Contains(DateTimeOffset moment) => moment >= From && moment < To;

    /// <summary>Cuts the window in the middle, at a whole millisecond.</summary>
    /// <returns>Two adjacent windows that cover exactly this one; an odd millisecond falls to the newer.</returns>
    /// <exception cref="InvalidOperationException">The window cannot be split; see <see cref="CanSplit"/>.</exception>
    public (TimeWindow Older, TimeWindow Newer) Split()
    {
        if (!CanSplit)
        {
            throw new InvalidOperationException($"The window {this} is shorter than 2 ms and cannot be split.");
        }

        var middle = From + TimeSpan.FromMilliseconds((long)Length.TotalMilliseconds / 2);
        return (new TimeWindow(From, middle), new TimeWindow(middle, To));
    }

    /// <summary>The window an incremental run searches: from a little before the watermark to a little before the run's start.</summary>
    /// <param name="watermark">Up to where earlier runs have read everything.</param>
    /// <param name="overlap">How far to read again, against changes indexed late; zero or more.</param>
    /// <param name="runStart">When this run began.</param>
    /// <param name="indexLag">How long a change may take to show up in search; zero or more. What is younger is left to the next
    /// run.</param>
    /// <returns>[watermark - overlap, runStart - indexLag); empty, at its end, when the watermark lies beyond.</returns>
    public static TimeWindow ForIncremental(DateTimeOffset watermark, TimeSpan overlap, DateTimeOffset runStart, TimeSpan indexLag)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(indexLag, TimeSpan.Zero);
        var to = runStart - indexLag;
        // A watermark may be the beginning of time ("never ran"); the overlap must not run off the calendar.
        var from = watermark - DateTimeOffset.MinValue > overlap ? watermark - overlap : DateTimeOffset.MinValue;
        return from < to ? new TimeWindow(from, to) : new TimeWindow(to, to);
    }

    /// <summary>The window as [from, to) in ISO 8601.</summary>
    public override string ToString() => $"[{HelpdeskTime.Write(From)}, {HelpdeskTime.Write(To)})";
}
