using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Loads a staged listing, compares it with the history table, and stages the keys of what changed and of what is missing.</summary>
public sealed class DiffListingActivity(
    Connector connector, Warehouse warehouse, HistoryColumns columns, ListingStage stage, SqlNames names, IStagedBatches batches, IOptions<SyncOptions> options)
{
    /// <summary>Compares; safe to repeat, the same chunks are written again.</summary>
    [Function(nameof(DiffListingActivity))]
    public async Task<DiffListingOutcome> RunAsync([ActivityTrigger] DiffListingRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var history = names.Table(entity.HistoryTable);
        var spending = new Spending();
        await columns.EnsureTableAsync(entity, spending, cancellationToken);
        await stage.LoadAsync(request.Run, entity, spending, cancellationToken);
        var sql = ListingSql.Diff(
            stage.Table(request.Run, entity), history, entity.ParentField is { } parent ? columns.Name(entity, parent) : null,
            await ChangedWhenAsync(entity, request.Deep, cancellationToken), await MissingWhenAsync(entity, request, cancellationToken));
        var changed = new KeyChunks(batches, request.Run, entity.Table, "changed", options.Value.ChunkSize);
        var missing = new KeyChunks(batches, request.Run, entity.Table, "missing", options.Value.ChunkSize);
        BigQueryParameter[] parameters = request.ListedTo is { } to ? [new("listed_to", BigQueryDbType.Timestamp, to.UtcDateTime)] : [];
        await foreach (var row in warehouse.QueryAsync($"diff_{entity.Table}", sql, parameters, spending, cancellationToken))
        {
            var chunks = row.Text("kind") == "changed" ? changed : missing;
            await chunks.AddAsync(new(row.Text("id"), row["parent_id"] as string), cancellationToken);
        }

        await changed.FlushAsync(cancellationToken);
        await missing.FlushAsync(cancellationToken);
        var active = missing.Keys == 0 ? 0 : await CountActiveAsync(history, spending, cancellationToken);
        var limit = Math.Max(options.Value.DeletionGuardMinimum, (long)(active * options.Value.DeletionGuardShare));
        return new(changed.Keys, changed.Chunks, missing.Keys, missing.Chunks, limit, spending.Cost);
    }

    private async Task<string> ChangedWhenAsync(Entity entity, bool deep, CancellationToken cancellationToken)
    {
        if (entity.IsChild && deep)
        {
            return "TRUE";
        }

        if (entity.ModifiedTimeField is not { } field)
        {
            // Without a version token a child counts as immutable, unless the run is deep; a small table is fetched whole and compared by hash.
            return entity.IsChild ? "FALSE" : "TRUE";
        }

        if (!await columns.ExistsAsync(entity, field, null, cancellationToken))
        {
            return "TRUE";
        }

        // A new child may change its parent's count without moving its modified time.
        var differs = new List<string> { ListingSql.TokenDiffers(columns.Name(entity, field)) };
        if (entity.Archive?.Flag is { } archived && await columns.ExistsAsync(entity, archived, null, cancellationToken))
        {
            differs.Add(ListingSql.IsArchivedSince(columns.Name(entity, archived)));
        }

        foreach (var count in entity.ChildCountFields)
        {
            if (await columns.ExistsAsync(entity, count, null, cancellationToken))
            {
                differs.Add(ListingSql.CountDiffers(columns.Name(entity, count), count));
            }
        }

        return string.Join(" OR ", differs);
    }

    private async Task<string?> MissingWhenAsync(Entity entity, DiffListingRequest request, CancellationToken cancellationToken)
    {
        if (entity.ParentField is { } parent)
        {
            return await columns.ExistsAsync(entity, parent, null, cancellationToken)
                ? ListingSql.OfListedParents(stage.Table(request.Run, entity), columns.Name(entity, parent)) : null;
        }

        if (!request.Complete)
        {
            return null;
        }

        var created = entity.CreatedTimeField is { } field && request.ListedTo is not null && await columns.ExistsAsync(entity, field, null, cancellationToken)
            ? columns.Name(entity, field) : null;
        return ListingSql.OlderThanListing(created);
    }

    private async Task<long> CountActiveAsync(string history, Spending spending, CancellationToken cancellationToken)
    {
        await foreach (var row in warehouse.QueryAsync("count_active", HistorySql.CountActive(history), [], spending, cancellationToken))
        {
            return row.Number("active");
        }

        return 0;
    }
}

/// <summary>A listing to compare.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Complete">Whether the listing shows every living record; only then can one be missing from it.</param>
/// <param name="Deep">Whether children that stand are fetched although nothing says that they changed.</param>
/// <param name="ListedTo">Records made at or after this moment may not have been listed yet. Null: listings have no such bound.</param>
public sealed record DiffListingRequest(string Run, string Table, bool Complete, bool Deep, DateTimeOffset? ListedTo);

/// <summary>What the comparison found.</summary>
/// <param name="Changed">Records to fetch.</param>
/// <param name="ChangedChunks">Staged batches of their keys, <c>changed-0</c> and on.</param>
/// <param name="Missing">Active records that were not listed: candidates for deletion, to be confirmed one by one.</param>
/// <param name="MissingChunks">Staged batches of their keys, <c>missing-0</c> and on.</param>
/// <param name="DeletionLimit">More candidates than this wait for approval.</param>
/// <param name="Cost">What the comparison cost; null in the history of an older version of the app.</param>
public sealed record DiffListingOutcome(
    long Changed, int ChangedChunks, long Missing, int MissingChunks, long DeletionLimit, QueryCost? Cost = null);
