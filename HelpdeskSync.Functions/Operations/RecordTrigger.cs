using System.Diagnostics;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Telemetry;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Brings one record up to date now: <c>POST /api/sync/{table}/{id}[?parent=]</c>.</summary>
public sealed class RecordTrigger(
    Connector connector, EntitySyncStarter starter, SyncFailures failures, Instruments instruments, IOptions<OperationsOptions> options)
{
    private const int LongestId = 200;

    /// <summary>
    /// 200 with what became of the record; 202 with Durable's status URLs when that takes longer than <see cref="OperationsOptions.RecordPatience"/>; 400 for an
    /// unknown table or an id that cannot be one; 502 when the orchestration failed.
    /// </summary>
    /// <remarks>A record that is written or found in order is struck from <c>_sync_failures</c>: this is also how a failure is retried.</remarks>
    [Function(nameof(RecordTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sync/{table}/{id}")] HttpRequest request,
        string table,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var parent = request.Query["parent"].ToString();
        var entity = connector.FindTable(table);
        if (Fault(table, entity, id, parent) is { } fault)
        {
            return new BadRequestObjectResult(new { error = fault });
        }

        var key = new RecordKey(id, parent.Length == 0 ? null : parent);
        using var span = instruments.StartTrace("POST /api/sync/{table}/{id}", ActivityKind.Server);
        var instanceId = await starter.StartAsync(client, entity!, key, ChangeHint.Changed, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.RecordPatience);
        try
        {
            var ended = await client.WaitForInstanceCompletionAsync(instanceId, true, patience.Token);
            return ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed
                ? new OkObjectResult(await AnswerAsync(entity!, key, ended.ReadOutputAs<EntitySyncOutcome>()!, cancellationToken))
                : new ObjectResult(new { error = $"The record could not be brought up to date: {ended.FailureDetails?.ErrorMessage}" }) { StatusCode = StatusCodes.Status502BadGateway };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ManagementUrls.Accepted(client.CreateHttpManagementPayload(instanceId));
        }
    }

    private string? Fault(string table, Entity? entity, string id, string parent)
    {
        if (entity is null)
        {
            return $"There is no table '{table}'; the tables are {string.Join(", ", connector.Entities.Select(known => known.Table))}.";
        }

        if (!IsId(id) || (parent.Length > 0 && !IsId(parent)))
        {
            return $"'{(IsId(id) ? parent : id)}' cannot be a record's id: an id is {LongestId} characters at most, none of them a space or a control character, and not dots alone.";
        }

        return parent.Length > 0 && !entity.IsChild ? $"Records of {entity.Table} have no parent: leave the parameter parent out." : null;
    }

    private static bool IsId(string text) =>
        HelpdeskTargets.IsUsable(text) && text.Length <= LongestId && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    private async Task<RecordAnswer> AnswerAsync(Entity entity, RecordKey key, EntitySyncOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.End is EntitySyncEnd.Living or EntitySyncEnd.Gone)
        {
            await failures.ClearAsync(entity, [key.Id], null, cancellationToken);
        }

        return RecordAnswer.Of(entity, key, outcome);
    }
}

/// <summary>What became of one record.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Id">Its id.</param>
/// <param name="Outcome"><c>written</c>, <c>unchanged</c>, <c>closed</c>, <c>stale</c>, <c>refused</c> or <c>parentUnknown</c>.</param>
/// <param name="Detail">Why, where there is more to say.</param>
public sealed record RecordAnswer(string Table, string Id, string Outcome, string? Detail)
{
    internal static RecordAnswer Of(Entity entity, RecordKey key, EntitySyncOutcome outcome) => new(
        entity.Table,
        key.Id,
        outcome.End switch
        {
            EntitySyncEnd.Refused => "refused",
            EntitySyncEnd.ParentUnknown => "parentUnknown",
            _ when outcome.Written.Inserted > 0 => "written",
            _ when outcome.Written.Closed > 0 => "closed",
            _ when outcome.Written.Stale > 0 => "stale",
            _ => "unchanged",
        },
        outcome.End switch
        {
            EntitySyncEnd.ParentUnknown => $"Name the parent: ?parent={{id of its {entity.Parent}}}.",
            EntitySyncEnd.Gone when outcome.Written.Closed == 0 => "The helpdesk says that it is gone, and the table holds no active version of it.",
            _ => outcome.Detail,
        });
}
