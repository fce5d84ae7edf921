using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Brings one record up to date after its events: waits for the window's end, fetches, writes.</summary>
public static class EntitySyncOrchestrator
{
    /// <summary>The custom status from the moment on at which an event comes too late for this instance's fetch.</summary>
    public const string Fetching = "fetching";

    /// <summary>Syncs the record. What the fetch answers decides, whatever the event said.</summary>
    [Function(nameof(EntitySyncOrchestrator))]
    public static async Task<EntitySyncOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<EntitySyncRequest>()!;
        await context.CreateTimer(input.FetchAt.UtcDateTime, CancellationToken.None);
        context.SetCustomStatus(Fetching);
        try
        {
            var first = await SyncAsync(context, input, 0);
            if (input.Hint != ChangeHint.Deleted || first.End != EntitySyncEnd.Living)
            {
                return first;
            }

            await context.CreateTimer(input.SecondLook, CancellationToken.None);
            return await SyncAsync(context, input, 1);
        }
        catch (TaskFailedException failure)
        {
            await context.CallActivityAsync(
                nameof(RecordFailureActivity), new RecordFailureRequest(context.InstanceId, input.Table, input.Key, failure.FailureDetails.ErrorMessage), Retries.OfRun);
            throw;
        }
    }

    private static async Task<EntitySyncOutcome> SyncAsync(TaskOrchestrationContext context, EntitySyncRequest input, int look)
    {
        var batch = BatchNames.Of($"events/{context.InstanceId}", input.Table, "records", look);
        var fetched = await FetchAsync(context, new FetchRecordsRequest(context.InstanceId, input.Table, [input.Key], null, batch, input.TraceParent));
        if (fetched.Found + fetched.Gone == 0)
        {
            return new(fetched.Unresolved > 0 ? EntitySyncEnd.ParentUnknown : EntitySyncEnd.Refused, WriteCounts.None, fetched.FirstFailure);
        }

        var written = await context.CallActivityAsync<WriteCounts>(
            nameof(WriteVersionsActivity), new WriteVersionsRequest(context.InstanceId, input.Table, batch, EventAt: look == 0 ? input.AcceptedAt : null, TraceParent: input.TraceParent), Retries.OfRecord);
        return new(fetched.Found > 0 ? EntitySyncEnd.Living : EntitySyncEnd.Gone, written, null);
    }

    /// <summary>Fetches, again after each pause for want of credits.</summary>
    private static async Task<FetchRecordsOutcome> FetchAsync(TaskOrchestrationContext context, FetchRecordsRequest request)
    {
        var fetched = await context.CallActivityAsync<FetchRecordsOutcome>(nameof(FetchRecordsActivity), request, Retries.OfRecord);
        for (var pause = 0; pause < Retries.MostPauses && fetched.PausedUntil is { } until; pause++)
        {
            await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
            fetched = await context.CallActivityAsync<FetchRecordsOutcome>(nameof(FetchRecordsActivity), request, Retries.OfRecord);
        }

        return fetched;
    }
}

/// <summary>A record to bring up to date.</summary>
/// <param name="Table">Its table, by its short name.</param>
/// <param name="Key">The record.</param>
/// <param name="Hint">What its event said.</param>
/// <param name="FetchAt">The fetch begins no earlier than this.</param>
/// <param name="SecondLook">How much later a record that lives after a delete event is looked at again.</param>
/// <param name="AcceptedAt">When its first event was accepted.</param>
/// <param name="TraceParent">The span that its first event came in with; null where nobody traces.</param>
public sealed record EntitySyncRequest(
    string Table, RecordKey Key, ChangeHint Hint, DateTimeOffset FetchAt, TimeSpan SecondLook, DateTimeOffset? AcceptedAt = null, string? TraceParent = null);

/// <summary>How the helpdesk answered for a record.</summary>
public enum EntitySyncEnd
{
    /// <summary>It lives.</summary>
    Living,

    /// <summary>It is gone.</summary>
    Gone,

    /// <summary>The helpdesk refused it; it stands in <c>_sync_failures</c>.</summary>
    Refused,

    /// <summary>A child whose event did not name its parent, and whose history does not either: left to the incremental run.</summary>
    ParentUnknown,
}

/// <summary>What became of a record.</summary>
/// <param name="End">How the helpdesk answered.</param>
/// <param name="Written">What was written.</param>
/// <param name="Detail">Why it was refused.</param>
public sealed record EntitySyncOutcome(EntitySyncEnd End, WriteCounts Written, string? Detail);
