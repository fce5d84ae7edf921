namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Reads a listing or a search window page by page: says where the next page begins and what the page just read means.</summary>
/// <remarks>
/// Each page begins one row before the end of what was read, so it must show the last row again, at the same place of every page. That finds
/// rows that moved while reading, and makes it irrelevant whether the helpdesk counts <c>from</c> from 0 or from 1 (Zoho's specification
/// says 0, live reports say 1): the first overlap tells. One cursor reads one listing once; it is not safe for use by several threads.
/// </remarks>
public sealed class PageCursor
{
    private readonly int _pageSize;
    private readonly int? _maxFrom;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _lastId;
    private int? _overlapAt;
    private int _end;
    private bool _done;

    /// <summary>Begins at the first row.</summary>
    /// <param name="pageSize">Rows asked for at once; 2 or more, 3 or more where <c>from</c> counts from 1. A page with fewer rows is taken
    /// for the last, unless the helpdesk tells that there are more.</param>
    /// <param name="maxFrom">The greatest offset the helpdesk accepts, inclusive; null where there is no cap.</param>
    public PageCursor(int pageSize, int? maxFrom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 2);
        if (maxFrom is { } cap)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cap, nameof(maxFrom));
        }

        _pageSize = pageSize;
        _maxFrom = maxFrom;
    }

    /// <summary>Offset of the next page's first row, to be asked for after <see cref="PageVerdict.More"/>; 0 at first.</summary>
    public int NextFrom => Math.Max(0, _end - 1);

    /// <summary>How many different rows have been read.</summary>
    public int RowsRead => _seen.Count;

    /// <summary>
    /// The rows of the page just accepted that had not been seen before, as ascending indices into it. Empty after Shifted and Stuck.
    /// </summary>
    public IReadOnlyList<int> NewRows { get; private set; } = [];

    /// <summary>Takes the page that begins at <see cref="NextFrom"/>.</summary>
    /// <param name="idsOfPage">The ids of the page's rows, in order.</param>
    /// <param name="total">How many rows the helpdesk says there are in all; null where it does not say.</param>
    /// <returns>After anything but <see cref="PageVerdict.More"/> this cursor has done its work.</returns>
    /// <exception cref="InvalidOperationException">The cursor had done its work already.</exception>
    public PageVerdict Accept(IReadOnlyList<string> idsOfPage, int? total = null)
    {
        ArgumentNullException.ThrowIfNull(idsOfPage);
        if (_done)
        {
            throw new InvalidOperationException("This cursor has read its last page; begin again with a new one.");
        }

        var verdict = Judge(idsOfPage, total);
        _done = verdict != PageVerdict.More;
        return verdict;
    }

    private PageVerdict Judge(IReadOnlyList<string> ids, int? total)
    {
        NewRows = [];
        var from = NextFrom;
        if (_lastId is not null && !ShowsLastRow(ids))
        {
            return ids.Count > 0 && ids.All(_seen.Contains) ? PageVerdict.Stuck : PageVerdict.Shifted;
        }

        NewRows = [.. Enumerable.Range(0, ids.Count).Where(row => _seen.Add(ids[row]))];
        _lastId = ids.Count > 0 ? ids[^1] : null;
        _end = from + ids.Count - (from > 0 ? _overlapAt ?? 0 : 0);
        if (ids.Count < _pageSize && !(total > _end))
        {
            return PageVerdict.Complete;
        }

        if (NewRows.Count == 0)
        {
            return PageVerdict.Stuck;
        }

        return NextFrom > _maxFrom ? PageVerdict.Full : PageVerdict.More;
    }

    /// <summary>Whether the last row read comes first (offsets count from 0) or second (from 1), and as it did before.</summary>
    private bool ShowsLastRow(IReadOnlyList<string> ids)
    {
        var at = ids.Take(2).TakeWhile(id => id != _lastId).Count();
        if (at >= Math.Min(2, ids.Count) || (_overlapAt is { } known && at != known))
        {
            return false;
        }

        _overlapAt = at;
        return true;
    }
}
