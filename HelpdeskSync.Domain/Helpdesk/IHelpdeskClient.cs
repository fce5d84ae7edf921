namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>The helpdesk as the app sees it: one record, one page of a search, one page of a listing.</summary>
/// <remarks>
/// Reading only, so every call is safe to repeat. What a retry may cure (no connection, 429, 5xx, a token that cannot be had for the
/// moment) is thrown;
/// what concerns one record and needs a person is returned as <see cref="FetchOutcome.Refused"/>.
/// </remarks>
public interface IHelpdeskClient
{
    /// <summary>Reads one record now.</summary>
    /// <param name="entity">What kind of record.</param>
    /// <param name="key">Which one; <see cref="RecordKey.ParentId"/> is needed where the entity is a child.</param>
    /// <param name="purpose">What for. Searches and listings are always a run's.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Reads one page of the records whose time lies in the window, oldest first by that time.</summary>
    /// <param name="entity">An entity with <see cref="Entity.Search"/>.</param>
    /// <param name="field">The time that selects and sorts.</param>
    /// <param name="window">Half-open; not empty.</param>
    /// <param name="from">Offset of the page's first row, from 0 to <see cref="SearchSpec.MaxFrom"/>; see <see cref="PageCursor"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ListingPage> SearchAsync(Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken);

    /// <summary>Reads one page of the records of <see cref="Entity.Archive"/> that belong to one record of the entity it walks.</summary>
    /// <param name="entity">An entity with <see cref="Entity.Archive"/>.</param>
    /// <param name="each">The id of the record that is walked.</param>
    /// <param name="from">Offset of the page's first row, from 0 to <see cref="ArchiveSpec.MaxFrom"/>; see <see cref="PageCursor"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken);

    /// <summary>Reads one page of all records, or of one parent's children.</summary>
    /// <param name="entity">An entity with <see cref="Entity.Listing"/>.</param>
    /// <param name="parentId">The parent's id where the entity is a child, else null.</param>
    /// <param name="from">Offset of the page's first row, from 0; see <see cref="PageCursor"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken);
}
