using System.Net;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The helpdesk over HTTP, as its connector document describes it.</summary>
internal sealed class HelpdeskClient(HelpdeskHttp http, Connector connector, TimeProvider clock) : IHelpdeskClient
{
    private static readonly ListingPage Empty = new([]);

    private ApiSpec Api => connector.Api;

    /// <inheritdoc/>
    public async Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken)
    {
        var what = $"{entity.Name} {key.Id}";
        if (!HelpdeskTargets.IsUsable(key.Id) || (entity.IsChild && !HelpdeskTargets.IsUsable(key.ParentId)))
        {
            return new(FetchOutcome.Refused, clock.GetUtcNow(), null, $"{what}: its id or its parent's id is missing or cannot stand in an address.");
        }

        var answer = await http.GetAsync("record", HelpdeskTargets.Record(entity, key), what, purpose, cancellationToken);
        if (answer.SaysGone(entity))
        {
            return new(FetchOutcome.Gone, answer.SentAt, null, $"{what}: {answer.Describe(Api)}");
        }

        if (answer.Status != HttpStatusCode.OK)
        {
            return Refused(answer, $"{what}: the helpdesk answered {answer.Describe(Api)}. {Remedy(answer.Status)}");
        }

        // Not an object, or another record: says nothing about this one (a merged record may answer for the one it went into).
        if (answer.Json() is not { ValueKind: JsonValueKind.Object } record || !record.TryReadId(entity, out var id))
        {
            return Refused(answer, $"{what}: the helpdesk's answer holds no record. Read it by hand and report it if this repeats.");
        }

        if (id != key.Id)
        {
            return Refused(answer, $"{what}: the helpdesk answered with record {id}. Check whether the two were merged.");
        }

        return record.IsGone(entity)
            ? new(FetchOutcome.Gone, answer.SentAt, null, $"{what}: marked as deleted")
            : new(FetchOutcome.Found, answer.SentAt, record, null);
    }

    /// <inheritdoc/>
    public async Task<ListingPage> SearchAsync(
        Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken)
    {
        var search = entity.Search ?? throw new ArgumentException($"{entity.Name} cannot be searched.", nameof(entity));
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, search.MaxFrom);
        var what = $"search of {entity.Table} by {field} time in {window} from row {from}";
        var answer = await http.GetAsync("search", HelpdeskTargets.Search(Api, search, field, window, from), what, CallPurpose.Run, cancellationToken);
        return Page(entity, what, answer, search.TotalField);
    }

    /// <inheritdoc/>
    public async Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken)
    {
        var archive = entity.Archive ?? throw new ArgumentException($"{entity.Name} has no archive.", nameof(entity));
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, archive.MaxFrom ?? int.MaxValue);
        var what = $"archive of {entity.Table} of {archive.ForEach} {each} from row {from}";
        return Page(entity, what, await http.GetAsync("archive", HelpdeskTargets.Archive(Api, archive, each, from), what, CallPurpose.Run, cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>A child's listing is empty when its parent is not found; each child is still fetched before anything is closed.</remarks>
    public async Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken)
    {
        var listing = entity.Listing ?? throw new ArgumentException($"{entity.Name} cannot be listed.", nameof(entity));
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (entity.IsChild && !HelpdeskTargets.IsUsable(parentId))
        {
            throw new ArgumentException($"{entity.Table} are listed by parent, and its id is missing or cannot stand in an address.", nameof(parentId));
        }

        var what = $"list of {entity.Table}{(entity.IsChild ? $" of {entity.Parent} {parentId}" : "")} from row {from}";
        var answer = await http.GetAsync("listing", HelpdeskTargets.Listing(Api, listing, parentId, from), what, CallPurpose.Run, cancellationToken);
        return entity.IsChild && answer.SaysGone(connector.FindEntity(entity.Parent!)!) ? Empty : Page(entity, what, answer);
    }

    private static FetchResult Refused(HelpdeskAnswer answer, string detail) => new(FetchOutcome.Refused, answer.SentAt, null, detail);

    private ListingPage Page(Entity entity, string what, HelpdeskAnswer answer, string? totalField = null)
    {
        if (answer.Status == HttpStatusCode.NoContent || (answer.Status == HttpStatusCode.OK && answer.Json() is null))
        {
            return Empty;
        }

        if (answer.Status != HttpStatusCode.OK)
        {
            throw new SourceRefusedException($"{what}: the helpdesk answered {answer.Describe(Api)}. {Remedy(answer.Status)}");
        }

        if (answer.Json() is not { } body || !body.TryFind(Api.RowsField, out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw Unreadable(what);
        }

        int? total = totalField is not null && body.TryReadCount(totalField, out var count) ? (int)Math.Min(count, int.MaxValue) : null;
        var canonical = new CanonicalWriter(FieldPaths.Of(entity.VolatileFields));
        return new([.. data.EnumerateArray().Select(row => ListingRow.Read(row, entity, canonical) ?? throw Unreadable(what))], total);
    }

    private static SourceRefusedException Unreadable(string what)
        => new($"{what}: the helpdesk's answer is not a list of records with ids. Compare it with the connector document.");

    private static string Remedy(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden => "Check the refresh token's scopes, its user's departments, and Helpdesk:OrganizationId.",
        HttpStatusCode.NotFound => "Check Helpdesk:ApiBaseAddress and the connector document's paths.",
        HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => "Check the connector document's parameters and page size.",
        _ => "Check Helpdesk:ApiBaseAddress and the record in the helpdesk.",
    };
}
