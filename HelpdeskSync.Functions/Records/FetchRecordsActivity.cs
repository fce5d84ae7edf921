using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Records;

/// <summary>Fetches records and stages what the helpdesk answered.</summary>
public sealed class FetchRecordsActivity(
    Connector connector, RecordFetcher fetcher, IStagedBatches batches, ParentLookup parents, SyncFailures failures, Instruments instruments)
{
    /// <summary>Fetches each key. A record that cannot be had is put down in <c>_sync_failures</c> and does not hold up the others.</summary>
    /// <exception cref="SourceUnavailableException">The record named in the request could not be had, or none of a batch while the helpdesk does not answer
    /// anything else either: try again later.</exception>
    [Function(nameof(FetchRecordsActivity))]
    public Task<FetchRecordsOutcome> RunAsync([ActivityTrigger] FetchRecordsRequest request, CancellationToken cancellationToken) =>
        instruments.TraceAsync("fetch records", request.TraceParent, request.Table, () => FetchAsync(request, cancellationToken));

    private async Task<FetchRecordsOutcome> FetchAsync(FetchRecordsRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var spending = new Spending();
        var keys = await parents.ResolveAsync(entity, await KeysAsync(request, cancellationToken), spending, cancellationToken);
        var unresolved = entity.IsChild ? keys.Where(key => key.ParentId is null).ToList() : [];
        var purpose = request.Keys is null ? CallPurpose.Run : CallPurpose.Live;
        var fetched = await fetcher.FetchAsync(entity, [.. keys.Except(unresolved)], purpose, cancellationToken);
        await ThrowIfUnavailableAsync(purpose, fetched, cancellationToken);

        var failed = fetched.Failures.Select(failure => new SyncFailure(failure.Key, failure.Reason)).ToList();
        await failures.NoteAsync(entity, request.Run, failed, spending, cancellationToken);
        await batches.WriteAsync(request.Batch, fetched.Results.Select(result => Staged(result).ToLine()), cancellationToken);
        var gone = fetched.Results.Count(result => result.Value.Outcome == FetchOutcome.Gone);
        return new(fetched.Results.Count - gone, gone, failed.Count, unresolved.Count, failed.FirstOrDefault()?.Reason)
        {
            PausedUntil = fetched.PausedUntil,
            Rest = await StageRestAsync(request, fetched, cancellationToken),
            Refusal = fetched.Refusal,
            Cost = spending.Cost,
        };
    }

    /// <summary>Whether to try again or to put the records down: an outage is waited for, a record that fails while others do not is not.</summary>
    private async Task ThrowIfUnavailableAsync(CallPurpose purpose, FetchedRecords fetched, CancellationToken cancellationToken)
    {
        var unavailable = fetched.Failures.Where(failure => failure.Unavailable is not null).ToList();
        if (unavailable.Count == 0
            || (purpose == CallPurpose.Run && (fetched.Results.Count > 0 || await fetcher.IsAnsweringAsync(cancellationToken))))
        {
            return;
        }

        throw new SourceUnavailableException(
            $"{unavailable.Count} of {fetched.Failures.Count + fetched.Results.Count} records could not be fetched. The first: {unavailable[0].Reason}",
            unavailable[0].Unavailable);
    }

    private async Task<string?> StageRestAsync(FetchRecordsRequest request, FetchedRecords fetched, CancellationToken cancellationToken)
    {
        if (request.KeysBatch is not { } keys || fetched.PausedUntil is null)
        {
            return null;
        }

        var rest = $"{keys}-rest";
        await batches.WriteAsync(rest, fetched.NotAsked.Select(StagedKey.ToLine), cancellationToken);
        return rest;
    }

    private static StagedRecord Staged(KeyValuePair<RecordKey, FetchResult> result) =>
        new(result.Key, result.Value.ObservedAt, result.Value.Outcome == FetchOutcome.Found ? result.Value.Record : null);

    private async Task<IReadOnlyList<RecordKey>> KeysAsync(FetchRecordsRequest request, CancellationToken cancellationToken)
    {
        if (request.Keys is { } inline)
        {
            return inline;
        }

        var keys = new List<RecordKey>();
        await foreach (var line in batches.ReadLinesAsync(request.KeysBatch!, cancellationToken))
        {
            keys.Add(StagedKey.Read(line));
        }

        return keys;
    }
}

/// <summary>Records to fetch: by keys (for an event, or a person), or by a staged batch of keys (for a run).</summary>
/// <param name="Run">The run, or the instance that asks.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Keys">The keys; null to read them from <paramref name="KeysBatch"/>.</param>
/// <param name="KeysBatch">A staged batch of keys.</param>
/// <param name="Batch">The staged batch to write.</param>
/// <param name="TraceParent">The span that it is done for; null where nobody traces.</param>
public sealed record FetchRecordsRequest(
    string Run, string Table, IReadOnlyList<RecordKey>? Keys, string? KeysBatch, string Batch, string? TraceParent = null);

/// <summary>What was fetched; the records themselves are staged.</summary>
/// <param name="Found">Living records.</param>
/// <param name="Gone">Records that the helpdesk confirmed to be gone.</param>
/// <param name="Failed">Records put down in <c>_sync_failures</c>.</param>
/// <param name="Unresolved">Children whose parent is unknown: left to the next incremental run.</param>
/// <param name="FirstFailure">Why the first failed.</param>
public sealed record FetchRecordsOutcome(int Found, int Gone, int Failed, int Unresolved, string? FirstFailure)
{
    /// <summary>There are no credits for the others before then; null where all were asked for.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>The staged batch of the keys that were not asked for; null where there are none, or the request named its keys itself.</summary>
    public string? Rest { get; init; }

    /// <summary>Why none can be fetched until a person acts; null otherwise.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was asked of BigQuery for it; null in the history of an older version of the app.</summary>
    public QueryCost? Cost { get; init; }
}
