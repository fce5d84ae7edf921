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

    /// <summary>The page does not contain the last row read: rows moved while reading. Start the window again.</summary>
    Shifted,

    /// <summary>A full page brought nothing new: the helpdesk ignores the offset. Reading on would never end.</summary>
    Stuck,
}
