using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Records;

/// <summary>Stages the keys of a table's records that stand in <c>_sync_failures</c>, to be tried once more.</summary>
public sealed class StageFailuresActivity(Connector connector, SyncFailures failures, IStagedBatches batches, IOptions<SyncOptions> options)
{
    /// <summary>The kind of the batches of keys.</summary>
    public const string Kind = "failed-again";

    /// <summary>Stages them; safe to repeat.</summary>
    [Function(nameof(StageFailuresActivity))]
    public async Task<StageFailuresOutcome> RunAsync([ActivityTrigger] StageFailuresRequest request, CancellationToken cancellationToken)
    {
        var spending = new Spending();
        var chunks = await failures.StageAsync(
            batches, request.Run, connector.Table(request.Table), Kind, options.Value.ChunkSize, spending, cancellationToken);
        return new(chunks, spending.Cost);
    }
}

/// <summary>A table whose failures are tried again.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
public sealed record StageFailuresRequest(string Run, string Table);

/// <summary>Failures to try again.</summary>
/// <param name="Chunks">How many staged batches of their keys there are.</param>
/// <param name="Cost">What finding them cost.</param>
public sealed record StageFailuresOutcome(int Chunks, QueryCost Cost);
