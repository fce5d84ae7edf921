namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>How all records of an entity are listed, page by page.</summary>
public sealed record ListingSpec
{
    /// <summary>Relative path; holds <c>{parentId}</c> for a child and nothing else to fill in.</summary>
    public required string Path { get; init; }

    /// <summary>Rows asked for at once, 1 or more. A page with fewer is the last.</summary>
    public required int PageSize { get; init; }

    /// <summary>Fixed query parameters sent with every page, such as the sort order; not escaped. May be empty.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();
}
