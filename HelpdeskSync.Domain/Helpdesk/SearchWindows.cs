namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Goes on after a search window turned out to hold more rows than a search shows.</summary>
public static class SearchWindows
{
    /// <summary>What is left of a full window whose rows were read in ascending order.</summary>
    /// <param name="window">The window that was searched.</param>
    /// <param name="lastTimeRead">The time of the last row read. Rows of that very millisecond may be missing, so it is read again.</param>
    /// <returns>
    /// Adjacent windows, oldest first, that cover [<paramref name="lastTimeRead"/>, To): two where that can be split, else one; none when
    /// the rows read reached the window's end. Searching what is returned, again and again, always ends: each is shorter than <paramref
    /// name="window"/>.
    /// </returns>
    /// <exception cref="WindowFullException">The window is a single millisecond: it cannot be read through search.</exception>
    public static IReadOnlyList<TimeWindow> Remainder(TimeWindow window, DateTimeOffset lastTimeRead)
    {
        var last = lastTimeRead.ToWholeMilliseconds();
        if (last >= window.To)
        {
            return [];
        }

        if (!window.CanSplit)
        {
            throw new WindowFullException(window);
        }

        // A row from before the window would be the helpdesk's mistake; reading too much is the safe answer to it.
        var rest = new TimeWindow(last < window.From ? window.From : last, window.To);
        if (!rest.CanSplit)
        {
            return [rest];
        }

        var (older, newer) = rest.Split();
        return [older, newer];
    }
}
