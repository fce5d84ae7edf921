namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What a page means for the reading of a listing or a window.</summary>
public enum PageVerdict
{
    /// <summary>Read on at <see cref="PageCursor.NextFrom"/>.</summary>
    More,

    /// <summary>That was the last page: everything has been read.</summary>
    Complete,

    /// <summary>The cap is reached and there may be more: cut the window; see <see cref="SearchWindows"/>.</summary>
    Full,

    /// <summary>The page does not show the last row read where it must: rows moved while reading. What was accepted before stands; read on by time, or anew.</summary>
    Shifted,

    /// <summary>A page that is not the last brought nothing new. Where that repeats, the helpdesk ignores the offset, and reading on would never end.</summary>
    Stuck,
}
