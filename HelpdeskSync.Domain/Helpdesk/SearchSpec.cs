namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>How records of an entity are searched by creation or modification time.</summary>
/// <remarks>
/// The sorts are ascending. A search shows only rows up to <see cref="MaxFrom"/> plus one page; beyond, its window must be cut.
/// </remarks>
public sealed record SearchSpec
{
    /// <summary>Stands in a parameter's value for the window's first millisecond.</summary>
    public const string From = "{from}";

    /// <summary>Stands in a parameter's value for the window's last millisecond, where the helpdesk's ranges include both ends.</summary>
    public const string Last = "{last}";

    /// <summary>Stands in a parameter's value for the window's end, where the helpdesk's ranges do not include it.</summary>
    public const string To = "{to}";

    /// <summary>Relative path with nothing to fill in.</summary>
    public required string Path { get; init; }

    /// <summary>Rows asked for at once, as <see cref="ListingSpec.PageSize"/>.</summary>
    public required int PageSize { get; init; }

    /// <summary>The greatest offset the helpdesk accepts, inclusive.</summary>
    public required int MaxFrom { get; init; }

    /// <summary>Dotted path of the number of all rows that match; null where answers do not tell.</summary>
    public string? TotalField { get; init; }

    /// <summary>Parameters that select a window of modification times, oldest first; they hold <see cref="From"/> and <see cref="Last"/> or <see cref="To"/>.</summary>
    public required IReadOnlyDictionary<string, string> Modified { get; init; }

    /// <summary>Parameters that select a window of creation times, oldest first; they hold <see cref="From"/> and <see cref="Last"/> or <see cref="To"/>.</summary>
    public required IReadOnlyDictionary<string, string> Created { get; init; }

    /// <summary>The parameters of a window, filled in; not escaped.</summary>
    /// <exception cref="ArgumentException">The window is empty.</exception>
    public IEnumerable<KeyValuePair<string, string>> Query(SearchField field, TimeWindow window)
    {
        if (window.IsEmpty)
        {
            throw new ArgumentException("An empty window finds nothing.", nameof(window));
        }

        return (field == SearchField.Modified ? Modified : Created).Select(parameter => KeyValuePair.Create(
            parameter.Key,
            parameter.Value
                .Replace(From, HelpdeskTime.Write(window.From), StringComparison.Ordinal)
                .Replace(Last, HelpdeskTime.Write(window.To.AddMilliseconds(-1)), StringComparison.Ordinal)
                .Replace(To, HelpdeskTime.Write(window.To), StringComparison.Ordinal)));
    }
}
