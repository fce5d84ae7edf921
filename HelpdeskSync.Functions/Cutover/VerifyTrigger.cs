using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Starts a check of the history's rules over whole tables: <c>POST /api/verify[?tables=]</c>.</summary>
public sealed class VerifyTrigger(Connector connector, TimeProvider time)
{
    /// <summary>202 with Durable's status URLs, whose output is the report; 400 that lists the tables.</summary>
    [Function(nameof(VerifyTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "verify")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var tables = TablesParameter.Read(request.Query["tables"].ToString(), connector, faults);
        if (faults.Count > 0)
        {
            return new BadRequestObjectResult(new { error = $"Nothing was started. {string.Join(' ', faults)}" });
        }

        var instanceId = await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(VerifyOrchestrator), tables, new StartOrchestrationOptions($"verify-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}"), cancellationToken);
        return ManagementUrls.Accepted(client.CreateHttpManagementPayload(instanceId));
    }
}
