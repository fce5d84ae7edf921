using System.Collections.Concurrent;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Lists the children of a chunk of parents and stages what it lists, with a line for each parent whose listing is complete.</summary>
public sealed class ListChildrenActivity(IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches, IOptions<HelpdeskOptions> options)
{
    /// <summary>Lists all of them or throws: half a listing is staged as none.</summary>
    [Function(nameof(ListChildrenActivity))]
    public async Task<SearchWindowOutcome> RunAsync([ActivityTrigger] ListChildrenRequest request, CancellationToken cancellationToken)
    {
        var child = connector.Table(request.Table);
        var parents = await ReadParentsAsync(request, cancellationToken);
        var reads = new ConcurrentDictionary<string, ListingRead>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(parents, parallel, async (parent, token) => reads[parent] = await ReadAsync(child, parent, token));
        if (reads.Values.FirstOrDefault(read => !read.IsComplete) is { } stopped)
        {
            return new(0, reads.Values.Sum(read => read.Calls), [], stopped.Refusal, stopped.PausedUntil);
        }

        var lines = parents.SelectMany(parent =>
            reads[parent].Rows.Select(row => ListingLine.Of(row, parent).ToBytes()).Append(ListingLine.OfParent(parent).ToBytes()));
        await batches.WriteAsync(BatchNames.Of(request.Run, request.Table, "listing", request.Chunk), lines, cancellationToken);
        return new(reads.Values.Sum(read => read.Rows.Count), reads.Values.Sum(read => read.Calls), [], null);
    }

    private Task<ListingRead> ReadAsync(Entity child, string parent, CancellationToken cancellationToken) => ListingReader.ReadAsync(
        from => helpdesk.ListAsync(child, parent, from, cancellationToken), () => new PageCursor(child.Listing!.PageSize, null), $"{child.Table} of '{parent}'");

    private async Task<List<string>> ReadParentsAsync(ListChildrenRequest request, CancellationToken cancellationToken)
    {
        var parents = new List<string>();
        await foreach (var line in batches.ReadLinesAsync(BatchNames.Of(request.Run, request.Table, "parents", request.Chunk), cancellationToken))
        {
            parents.Add(StagedKey.Read(line).Id);
        }

        return parents;
    }
}

/// <summary>A chunk of parents.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The children's table, by its short name.</param>
/// <param name="Chunk">Which staged batch of parents.</param>
public sealed record ListChildrenRequest(string Run, string Table, int Chunk);
