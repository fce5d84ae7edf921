using System.Runtime.CompilerServices;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Records;

/// <summary>Writes a staged batch into its history table: new versions for what changed, closed ones for what is gone.</summary>
public sealed class WriteVersionsActivity(
    Connector connector, IStagedBatches batches, HistoryWriter writer, SyncFailures failures, MeasureLog measures, Instruments instruments)
{
    /// <summary>Writes the batch; safe to repeat.</summary>
    [Function(nameof(WriteVersionsActivity))]
    public Task<WriteCounts> RunAsync([ActivityTrigger] WriteVersionsRequest request, CancellationToken cancellationToken) =>
        instruments.TraceAsync("write versions", request.TraceParent, request.Table, () => WriteAsync(request, cancellationToken));

    private async Task<WriteCounts> WriteAsync(WriteVersionsRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var ids = new List<string>();
        var counts = await writer.WriteAsync(entity, RecordsAsync(request, ids, cancellationToken), cancellationToken);
        measures.Wrote(entity.Table, counts, request.EventAt);
        instruments.Wrote(entity.Table, counts, request.EventAt);
        if (!request.ClearsFailures)
        {
            return counts;
        }

        var spending = new Spending();
        await failures.ClearAsync(entity, ids, spending, cancellationToken);
        return counts.Plus(spending.Cost);
    }

    private async IAsyncEnumerable<StagedRecord> RecordsAsync(
        WriteVersionsRequest request, List<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in batches.ReadLinesAsync(request.Batch, cancellationToken))
        {
            var record = StagedRecord.Read(line);
            if (request.ClearsFailures)
            {
                ids.Add(record.Key.Id);
            }

            yield return record;
        }
    }
}

/// <summary>A batch to write.</summary>
/// <param name="Run">The run, or the instance that asks.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Batch">The staged batch.</param>
/// <param name="ClearsFailures">Whether the records were failures of earlier runs, which are struck from <c>_sync_failures</c> once they are written.</param>
/// <param name="EventAt">When the event that asked for it was accepted; null where a run asks.</param>
/// <param name="TraceParent">The span that it is done for; null where nobody traces.</param>
public sealed record WriteVersionsRequest(
    string Run, string Table, string Batch, bool ClearsFailures = false, DateTimeOffset? EventAt = null, string? TraceParent = null);
