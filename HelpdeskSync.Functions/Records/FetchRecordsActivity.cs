using System.Collections.Concurrent;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Records;

/// <summary>Fetches records and stages what the helpdesk answered.</summary>
public sealed class FetchRecordsActivity(
    IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches, ParentLookup parents, SyncFailures failures, IOptions<HelpdeskOptions> options)
{
    /// <summary>Fetches each key. A record that cannot be had is put down in <c>_sync_failures</c> and does not hold up the others.</summary>
    /// <exception cref="SourceUnavailableException">The only record asked for, or more than half of several, could not be had: try again later.</exception>
    [Function(nameof(FetchRecordsActivity))]
    public async Task<FetchRecordsOutcome> RunAsync([ActivityTrigger] FetchRecordsRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var keys = await parents.ResolveAsync(entity, await KeysAsync(request, cancellationToken), cancellationToken);
        var unresolved = entity.IsChild ? keys.Where(key => key.ParentId is null).ToList() : [];
        var answers = await FetchAsync(entity, [.. keys.Except(unresolved)], cancellationToken);
        ThrowIfUnavailable(answers);

        var failed = answers.Where(answer => answer.Failure is not null).Select(answer => new SyncFailure(answer.Key, answer.Failure!)).ToList();
        await failures.NoteAsync(entity, request.Run, failed, cancellationToken);
        var good = answers.Where(answer => answer.Result is not null).ToList();
        await batches.WriteAsync(request.Batch, good.Select(answer => Staged(answer).ToLine()), cancellationToken);
        var gone = good.Count(answer => answer.Result!.Outcome == FetchOutcome.Gone);
        return new(good.Count - gone, gone, failed.Count, unresolved.Count, failed.FirstOrDefault()?.Reason);
    }

    private async Task<List<Answer>> FetchAsync(Entity entity, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentBag<Answer>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(keys, parallel, async (key, token) => answers.Add(await FetchAsync(entity, key, token)));
        return [.. answers];
    }

    private async Task<Answer> FetchAsync(Entity entity, RecordKey key, CancellationToken cancellationToken)
    {
        try
        {
            var result = await helpdesk.FetchAsync(entity, key, cancellationToken);
            return result.Outcome == FetchOutcome.Refused ? new(key, null, result.Detail ?? "The helpdesk refused the record.", null) : new(key, result, null, null);
        }
        catch (SourceUnavailableException unavailable)
        {
            return new(key, null, unavailable.Message, unavailable);
        }
    }

    private static void ThrowIfUnavailable(List<Answer> answers)
    {
        var unavailable = answers.FindAll(answer => answer.Unavailable is not null);
        if (unavailable.Count * 2 > answers.Count)
        {
            throw new SourceUnavailableException($"{unavailable.Count} of {answers.Count} records could not be fetched. The first: {unavailable[0].Failure}", unavailable[0].Unavailable);
        }
    }

    private static StagedRecord Staged(Answer answer) =>
        new(answer.Key, answer.Result!.ObservedAt, answer.Result.Outcome == FetchOutcome.Found ? answer.Result.Record : null);

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

    private sealed record Answer(RecordKey Key, FetchResult? Result, string? Failure, Exception? Unavailable);
}

/// <summary>Records to fetch: by keys, or by a staged batch of keys.</summary>
/// <param name="Run">The run, or the instance that asks.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Keys">The keys; null to read them from <paramref name="KeysBatch"/>.</param>
/// <param name="KeysBatch">A staged batch of keys.</param>
/// <param name="Batch">The staged batch to write.</param>
public sealed record FetchRecordsRequest(string Run, string Table, IReadOnlyList<RecordKey>? Keys, string? KeysBatch, string Batch);

/// <summary>What was fetched; the records themselves are staged.</summary>
/// <param name="Found">Living records.</param>
/// <param name="Gone">Records that the helpdesk confirmed to be gone.</param>
/// <param name="Failed">Records put down in <c>_sync_failures</c>.</param>
/// <param name="Unresolved">Children whose parent is unknown: left to the next incremental run.</param>
/// <param name="FirstFailure">Why the first failed.</param>
public sealed record FetchRecordsOutcome(int Found, int Gone, int Failed, int Unresolved, string? FirstFailure);
