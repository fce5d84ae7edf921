using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Brings one record up to date now: <c>POST /api/sync/{table}/{id}[?parent=]</c>.</summary>
public sealed class RecordTrigger(Connector connector, EntitySyncStarter starter)
{
    /// <summary>200 with what became of the record; 202 with Durable's status URLs when that takes longer than 30 s; 400 for an unknown table.</summary>
    [Function(nameof(RecordTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sync/{table}/{id}")] HttpRequest request,
        string table,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (connector.FindTable(table) is not { } entity)
        {
            return new BadRequestObjectResult(new
            {
                error = $"There is no table '{table}'; the tables are {string.Join(", ", connector.Entities.Select(known => known.Table))}.",
            });
        }

        var parent = request.Query["parent"].ToString();
        var key = new RecordKey(id, parent.Length == 0 ? null : parent);
        var instanceId = await starter.StartAsync(client, entity, key, ChangeHint.Changed, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var ended = await client.WaitForInstanceCompletionAsync(instanceId, true, patience.Token);
            return ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed
                ? new OkObjectResult(RecordAnswer.Of(entity, key, ended.ReadOutputAs<EntitySyncOutcome>()!))
                : new ObjectResult(new { error = $"The record could not be brought up to date: {ended.FailureDetails?.ErrorMessage}" }) { StatusCode = StatusCodes.Status502BadGateway };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var payload = client.CreateHttpManagementPayload(instanceId);
            return new AcceptedResult(payload.StatusQueryGetUri, ManagementUrls.Of(payload));
        }
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
        outcome.End == EntitySyncEnd.ParentUnknown ? $"Name the parent: ?parent={{id of its {entity.Parent}}}." : outcome.Detail);
}
