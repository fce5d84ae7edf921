namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>A further listing of living records that search and listing may leave out, such as archived tickets, read once for each record of another entity.</summary>
/// <remarks>Its rows prove that a record lives; they carry no modified time, so a record that stands already is not fetched on their account.</remarks>
public sealed record ArchiveSpec
{
    /// <summary>Stands in a query parameter's value for the id that is walked.</summary>
    public const string Each = "{each}";

    /// <summary>Relative path with nothing to fill in.</summary>
    public required string Path { get; init; }

    /// <summary>Rows asked for at once, as <see cref="ListingSpec.PageSize"/>.</summary>
    public required int PageSize { get; init; }

    /// <summary>The greatest offset the helpdesk accepts, inclusive; null where there is no cap.</summary>
    public int? MaxFrom { get; init; }

    /// <summary>Name of the entity, itself listed whole, whose records are walked one by one.</summary>
    public required string ForEach { get; init; }

    /// <summary>Path of a flag of the record that is true while it is archived: a record that has been archived since is fetched once. Null: no such flag.</summary>
    public string? Flag { get; init; }

    /// <summary>Query parameters of every page; one value holds <see cref="Each"/>.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }
}
