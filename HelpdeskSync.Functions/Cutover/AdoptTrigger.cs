using DurableTask.Core.Exceptions;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Starts a look at the old connector's tables that proposes settings: <c>POST /api/adopt?baseline=project.dataset[&amp;tables=][&amp;apply=true]</c>.</summary>
public sealed class AdoptTrigger(Connector connector, TimeProvider time)
{
    // One id for every import: the host refuses an id that is pending or running, and takes it again once that has ended.
    private const string OneImport = "adopt-import";

    /// <summary>202 with Durable's status URLs, whose output is the proposal; 400 that names every fault; 409 while an import runs and another is asked for.</summary>
    [Function(nameof(AdoptTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "adopt")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var baseline = Baseline.Read(request.Query["baseline"].ToString(), faults);
        var tables = TablesParameter.Read(request.Query["tables"].ToString(), connector, faults);
        var apply = Apply(request.Query["apply"].ToString(), faults);
        if (faults.Count > 0)
        {
            return new BadRequestObjectResult(new { error = $"Nothing was started. {string.Join(' ', faults)}" });
        }

        var payload = client.CreateHttpManagementPayload(apply ? OneImport : $"adopt-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}");
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(AdoptOrchestrator), new AdoptRequest(baseline!, tables, apply), new StartOrchestrationOptions(payload.Id!), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException) when (apply)
        {
            return new ConflictObjectResult(new { error = "Nothing was started: an import is under way.", running = ManagementUrls.Of(payload) });
        }

        return ManagementUrls.Accepted(payload);
    }

    private static bool Apply(string text, List<string> faults)
    {
        if (text.Length > 0 && !bool.TryParse(text, out _))
        {
            faults.Add($"Parameter apply is '{text}'; it must be true or false. True imports the old history.");
        }

        return bool.TryParse(text, out var apply) && apply;
    }
}
