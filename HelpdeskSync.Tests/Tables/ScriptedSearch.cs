using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Tables;

/// <summary>A helpdesk whose searches answer as scripted, page by page.</summary>
internal sealed class ScriptedSearch(params Func<IReadOnlyList<ListingRow>>[] pages) : IHelpdeskClient
{
    private int _asked;

    public int? Total { get; init; }

    public Task<ListingPage> SearchAsync(Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken) =>
        Task.FromResult(new ListingPage(pages[_asked++](), Total));

    public Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>The smallest connector with a search.</summary>
internal static class Model
{
    public static Connector Connector(int pageSize, int maxFrom) => HelpdeskSync.Domain.Helpdesk.Connector.Parse(
        $$"""
        {
          "name": "model",
          "api": { "headers": { "Authorization": "{token}" }, "offsetParameter": "from", "limitParameter": "limit", "rowsField": "data" },
          "entities": [ {
            "name": "record", "table": "records", "detailPath": "/records/{id}",
            "listing": { "path": "/records", "pageSize": {{pageSize}} },
            "search": {
              "path": "/search", "pageSize": {{pageSize}}, "maxFrom": {{maxFrom}},
              "modified": { "m": "{from},{last}" }, "created": { "c": "{from},{last}" }
            },
            "modifiedTimeField": "modified", "createdTimeField": "created"
          } ]
        }
        """);
}
