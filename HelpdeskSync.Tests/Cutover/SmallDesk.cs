using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>A helpdesk of a few records; children are listed under the parent that they were put under.</summary>
internal sealed class SmallDesk : IHelpdeskClient
{
    private readonly List<(string Entity, string Id, string? Parent, JsonElement Record)> _records = [];

    /// <summary>Whether it refuses the app as such.</summary>
    public bool Refuses { get; set; }

    public void Put(Entity entity, string id, object record, string? parent = null) =>
        _records.Add((entity.Name, id, parent, JsonSerializer.SerializeToElement(record)));

    public Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken)
    {
        var found = _records.Find(record => record.Entity == entity.Name && record.Id == key.Id && record.Parent == key.ParentId);
        return Task.FromResult(found.Id is null
            ? new FetchResult(FetchOutcome.Gone, CutoverFixture.Start, null, null)
            : new FetchResult(FetchOutcome.Found, CutoverFixture.Start, found.Record, null));
    }

    public Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken) => Refuses
        ? throw new SourceRefusedException("The token lacks a scope.")
        : Task.FromResult(new ListingPage([.. _records.Where(record => record.Entity == entity.Name && record.Parent == parentId).Select(record => ListingRow.Read(record.Record, entity, new CanonicalWriter())!)]));

    public Task<ListingPage> SearchAsync(Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken) => throw new NotSupportedException();
}
