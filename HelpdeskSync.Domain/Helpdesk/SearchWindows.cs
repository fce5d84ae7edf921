namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Goes on after a search window could not be read to its end: it held more rows than a search shows, or rows moved meanwhile.</summary>
public static class SearchWindows
{
    /// <summary>What is left of a window whose first rows were read in ascending order.</summary>
    /// <param name="window">The window that was searched.</param>
    /// <param name="reached">Up to where every row has been read; see <see cref="Reached"/>. Rows of that very millisecond may be missing, so it is read again.</param>
    /// <returns>
    /// Adjacent windows, oldest first, that cover [<paramref name="reached"/>, To): two where that can be split, else one. Searching what
    /// is returned, again and again, always ends: each is shorter than <paramref name="window"/>.
    /// </returns>
    /// <exception cref="WindowFullException">The window is a single millisecond: it cannot be read through search.</exception>
    public static IReadOnlyList<TimeWindow> Remainder(TimeWindow window, DateTimeOffset reached)
    {
        if (!window.CanSplit)
        {
            throw new WindowFullException(window);
        }

        var from = reached.ToWholeMilliseconds();
        if (!window.Contains(from))
        {
            throw new ArgumentOutOfRangeException(nameof(reached), reached, $"Must lie in the window {window}.");
        }

        var rest = new TimeWindow(from, window.To);
        if (!rest.CanSplit)
        {
            return [rest];
        }

        var (older, newer) = rest.Split();
        return [older, newer];
    }

    /// <summary>Up to where the rows read prove that nothing is missing: the time of the last of them.</summary>
    /// <param name="window">The window that was searched.</param>
    /// <param name="times">The rows' times, in the order read.</param>
    /// <returns>
    /// A moment of the window. A time outside of it is no key the search sorted by (the index may lag behind the row it shows) and counts
    /// for nothing; where the others do not ascend the order proves nothing, and the window's start is the answer.
    /// </returns>
    public static DateTimeOffset Reached(TimeWindow window, IEnumerable<DateTimeOffset?> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        var reached = window.From;
        foreach (var time in times.OfType<DateTimeOffset>().Where(window.Contains))
        {
            if (time < reached)
            {
                return window.From;
            }

            reached = time;
        }

        return reached.ToWholeMilliseconds();
    }
}
