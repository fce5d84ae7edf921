using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Tells from the parents' listing whose children have to be listed, and which children have lost their parent. Needs the parents' listing to be loaded.</summary>
public sealed class DiffParentsActivity(
    Connector connector, Warehouse warehouse, HistoryTables tables, HistoryColumns columns, ListingStage stage, SqlNames names, IStagedBatches batches,
    IOptions<SyncOptions> options)
{
    private const int ParentsPerChunk = 100;

    /// <summary>Stages the parents to list as <c>parents-0</c> and on, and lines of parents that are gone with the children's listing.</summary>
    [Function(nameof(DiffParentsActivity))]
    public async Task<DiffParentsOutcome> RunAsync([ActivityTrigger] DiffParentsRequest request, CancellationToken cancellationToken)
    {
        var child = connector.Table(request.Table);
        var parent = connector.ParentOf(child);
        var column = columns.Name(child, child.ParentField!);
        var spending = new Spending();
        var stands = await columns.ExistsAsync(child, child.ParentField!, spending, cancellationToken);
        var listed = await StageParentsAsync(request, child, parent, stands ? column : "id", spending, cancellationToken);
        var gone = stands ? await StageGoneAsync(request, child, parent, column, spending, cancellationToken) : 0;
        return listed with { Gone = gone, Cost = spending.Cost };
    }

    private async Task<DiffParentsOutcome> StageParentsAsync(
        DiffParentsRequest request, Entity child, Entity parent, string column, Spending spending, CancellationToken cancellationToken)
    {
        var sql = ListingSql.ParentsToList(stage.Table(request.Run, parent), names.Table(child.HistoryTable), column, child.ParentCountField);
        var chunks = new KeyChunks(batches, request.Run, child.Table, "parents", Math.Min(ParentsPerChunk, options.Value.ChunkSize));
        await foreach (var row in warehouse.QueryAsync($"parents_{child.Table}", sql, [new("deep", BigQueryDbType.Bool, request.Deep)], spending, cancellationToken))
        {
            await chunks.AddAsync(new(row.Text("id")), cancellationToken);
        }

        await chunks.FlushAsync(cancellationToken);
        return new(chunks.Keys, chunks.Chunks, 0);
    }

    private async Task<long> StageGoneAsync(DiffParentsRequest request, Entity child, Entity parent, string column, Spending spending, CancellationToken cancellationToken)
    {
        await tables.ColumnsAsync(parent.HistoryTable, spending, cancellationToken);
        var history = names.Table(child.HistoryTable);
        var sql = request.Complete
            ? ListingSql.ParentsNotListed(stage.Table(request.Run, parent), history, column)
            : ListingSql.ParentsClosed(names.Table(parent.HistoryTable), history, column);
        var gone = new List<ReadOnlyMemory<byte>>();
        await foreach (var row in warehouse.QueryAsync($"orphans_{child.Table}", sql, [], spending, cancellationToken))
        {
            gone.Add(ListingLine.OfParent(row.Text("id")).ToBytes());
        }

        await batches.WriteAsync(BatchNames.Of(request.Run, child.Table, "listing", "gone"), gone, cancellationToken);
        return gone.Count;
    }
}

/// <summary>Whose children to look at.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The children's table, by its short name.</param>
/// <param name="Complete">Whether the parents' listing shows every living parent.</param>
/// <param name="Deep">Whether every listed parent's children are listed, whatever the counts say.</param>
public sealed record DiffParentsRequest(string Run, string Table, bool Complete, bool Deep);

/// <summary>Whose children to list.</summary>
/// <param name="Parents">Parents to list.</param>
/// <param name="Chunks">Staged batches of their ids.</param>
/// <param name="Gone">Parents that are gone although active children of theirs stand.</param>
/// <param name="Cost">What telling them cost; null in the history of an older version of the app.</param>
public sealed record DiffParentsOutcome(long Parents, int Chunks, long Gone, QueryCost? Cost = null);
