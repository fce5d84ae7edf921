namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>One kind of record the helpdesk has, and everything needed to find, read and recognise such records.</summary>
/// <remarks>
/// Comes from the connector document; made by <see cref="Connector.Parse"/>, which has checked it. Paths are relative to the API's base
/// address
/// and hold <c>{id}</c> and, for children, <c>{parentId}</c>; values put there must be escaped by the caller. Field names are the
/// helpdesk's own.
/// </remarks>
public sealed record Entity
{
    /// <summary>The entity's name in the singular, unique without regard to case: <c>ticket</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The short table name operators use, unique without regard to case: <c>tickets</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The BigQuery table that holds the versions: <c>tickets_history</c>.</summary>
    public string HistoryTable => Table + "_history";

    /// <summary>Where one record is read: <c>/tickets/{id}</c>, or <c>/tickets/{parentId}/threads/{id}</c> for a child.</summary>
    public required string DetailPath { get; init; }

    /// <summary>Where a record is read whole whose answer was cut; null where answers are never cut.</summary>
    public WholeSpec? Whole { get; init; }

    /// <summary>How all records (of one parent, for a child) are listed; null where they cannot be.</summary>
    public ListingSpec? Listing { get; init; }

    /// <summary>How records are searched by time; null where they cannot be.</summary>
    public SearchSpec? Search { get; init; }

    /// <summary>Where living records are listed that <see cref="Search"/> may leave out; null where nothing is left out.</summary>
    public ArchiveSpec? Archive { get; init; }

    /// <summary>Dotted path of the record's own id, in its document and in listing rows. Default <c>id</c>.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>Name of the parent's entity; null for a record that stands by itself.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// The field that carries the parent's id. The helpdesk leaves it out of the child's record, so it is added from the request. Null
    /// unless <see cref="IsChild"/>.
    /// </summary>
    public string? ParentField { get; init; }

    /// <summary>
    /// The field of the parent's rows and records that counts these children: <c>threadCount</c>. Null where the parent has no such count.
    /// </summary>
    public string? ParentCountField { get; init; }

    /// <summary>
    /// The fields of this entity's own rows that count children, in the order of the children: each child's <see cref="ParentCountField"/>.
    /// Often empty.
    /// </summary>
    public IReadOnlyList<string> ChildCountFields { get; init; } = [];

    /// <summary>Dotted path of the last change's time; null where records have none.</summary>
    public string? ModifiedTimeField { get; init; }

    /// <summary>Dotted path of the creation's time; null where records have none.</summary>
    public string? CreatedTimeField { get; init; }

    /// <summary>HTTP statuses by which the helpdesk says that a record asked for by its id is gone. Default 404 alone.</summary>
    public IReadOnlyList<int> GoneStatuses { get; init; } = [404];

    /// <summary>
    /// Dotted paths of flags of which any, when true, means that the record is gone although it can still be read. May be empty.
    /// </summary>
    public IReadOnlyList<string> GoneFlags { get; init; } = [];

    /// <summary>
    /// Dotted paths left out of the hash (a change in them is not a new version), still written as columns. Arrays are transparent: the
    /// path names the field in every element.
    /// </summary>
    public IReadOnlyList<string> VolatileFields { get; init; } = [];

    /// <summary>True when the record is read under its parent's id.</summary>
    public bool IsChild => Parent is not null;
}
