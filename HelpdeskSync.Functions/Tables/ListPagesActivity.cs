using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Lists a table that has no search, whole, and stages what it lists.</summary>
public sealed class ListPagesActivity(IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches)
{
    /// <summary>Reads all pages.</summary>
    [Function(nameof(ListPagesActivity))]
    public async Task<SearchWindowOutcome> RunAsync([ActivityTrigger] ListPagesRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var listing = entity.Listing ?? throw new InvalidOperationException($"Table '{request.Table}' has neither search nor listing in the connector document.");
        var read = await ListingReader.ReadAsync(
            from => helpdesk.ListAsync(entity, null, from, cancellationToken), () => new PageCursor(listing.PageSize, null), request.Table);
        if (!read.IsComplete)
        {
            return new(0, read.Calls, [], read.Refusal, read.PausedUntil);
        }

        await batches.WriteAsync(
            BatchNames.Of(request.Run, request.Table, "listing", 0), read.Rows.Select(row => ListingLine.Of(row, null).ToBytes()), cancellationToken);
        return new(read.Rows.Count, read.Calls, [], null);
    }
}

/// <summary>A table to list.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
public sealed record ListPagesRequest(string Run, string Table);
