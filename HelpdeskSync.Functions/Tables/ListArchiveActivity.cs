using System.Collections.Concurrent;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Lists the records that a table's search may leave out, such as archived tickets, and stages them beside what the search showed.</summary>
public sealed class ListArchiveActivity(IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches, IOptions<HelpdeskOptions> options)
{
    /// <summary>Walks the records of the entity that the archive is divided by; all of them or none are staged.</summary>
    [Function(nameof(ListArchiveActivity))]
    public async Task<SearchWindowOutcome> RunAsync([ActivityTrigger] ListPagesRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var archive = entity.Archive ?? throw new InvalidOperationException($"Table '{request.Table}' has no archive in the connector document.");
        var walked = connector.FindEntity(archive.ForEach)!;
        var each = await ListingReader.ReadAsync(
            from => helpdesk.ListAsync(walked, null, from, cancellationToken), () => new PageCursor(walked.Listing!.PageSize, null), walked.Table);
        var reads = new ConcurrentDictionary<string, ListingRead>(StringComparer.Ordinal);
        if (each is { Refusal: null, PausedUntil: null })
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxConcurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(each.Rows, parallel, async (row, token) => reads[row.Id] = await ListingReader.ReadAsync(
                from => helpdesk.ListArchiveAsync(entity, row.Id, from, token),
                () => new PageCursor(archive.PageSize, archive.MaxFrom),
                $"archived {entity.Table} of {walked.Name} {row.Id}"));
        }

        var all = reads.Values.Append(each).ToList();
        var calls = all.Sum(read => read.Calls);
        if (all.Find(read => read.Refusal is not null || read.PausedUntil is not null) is { } stopped)
        {
            return new(0, calls, [], stopped.Refusal, stopped.PausedUntil);
        }

        var rows = reads.Values.SelectMany(read => read.Rows).ToList();
        await batches.WriteAsync(BatchNames.Of(request.Run, request.Table, "listing", "archive"), rows.Select(row => ListingLine.Known(row).ToBytes()), cancellationToken);
        return new(rows.Count, calls, [], null, Gap: Gap(entity, archive, reads));
    }

    private static string? Gap(Entity entity, ArchiveSpec archive, IReadOnlyDictionary<string, ListingRead> reads)
    {
        var cut = reads.Where(read => !read.Value.IsComplete).Select(read => read.Key).Order(StringComparer.Ordinal).ToList();
        return cut.Count == 0 ? null : $"The archive of {entity.Table} of {archive.ForEach} {string.Join(", ", cut)} has more rows than can be listed "
            + $"(offset {archive.MaxFrom}). Those beyond come only by search and webhook, and nothing counts as missing from this listing.";
    }
}
