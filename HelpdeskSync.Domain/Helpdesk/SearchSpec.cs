namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>How records of an entity are searched by creation or modification time.</summary>
/// <remarks>
/// The sorts are ascending. A search shows only rows up to <see cref="MaxFrom"/> plus one page; beyond, its window must be cut.
/// </remarks>
public sealed record SearchSpec
{
    /// <summary>Relative path with nothing to fill in.</summary>
    public required string Path { get; init; }

    /// <summary>Rows asked for at once, 1 or more. A page with fewer is the last.</summary>
    public required int PageSize { get; init; }

    /// <summary>The greatest offset the helpdesk accepts, inclusive.</summary>
    public required int MaxFrom { get; init; }

    /// <summary>The parameter that takes a range of modification times.</summary>
    public required string ModifiedRangeParameter { get; init; }

    /// <summary>The parameter that takes a range of creation times.</summary>
    public required string CreatedRangeParameter { get; init; }

    /// <summary>The sort key that orders by modification time, oldest first.</summary>
    public required string ModifiedSort { get; init; }

    /// <summary>The sort key that orders by creation time, oldest first.</summary>
    public required string CreatedSort { get; init; }

    /// <summary>Fixed query parameters sent with every page; not escaped. May be empty.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The range parameter that goes with <paramref name="field"/>.</summary>
    public string RangeParameter(SearchField field) => field == SearchField.Modified ? ModifiedRangeParameter : CreatedRangeParameter;

    /// <summary>The ascending sort key that goes with <paramref name="field"/>.</summary>
    public string Sort(SearchField field) => field == SearchField.Modified ? ModifiedSort : CreatedSort;
}
