using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Tells of one orchestration: <c>GET /api/status/{instance}</c>.</summary>
public sealed class HistoryTrigger(Orchestrations orchestrations)
{
    /// <summary>200 with an <see cref="InstanceStatus"/>; 404 when there is no such orchestration.</summary>
    [Function(nameof(HistoryTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "status/{instance}")] HttpRequest request,
        string instance,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await orchestrations.FindAsync(client, instance, cancellationToken) is { } found
            ? new OkObjectResult(new InstanceStatus(found, HistoryPath(client.CreateHttpManagementPayload(instance))))
            : new NotFoundObjectResult(new { error = $"There is no orchestration '{instance}': it never was, or has been purged." });
    }

    // Durable's client does not read histories in the Functions host; the extension's own address does. Only its path: a page may reach the app by another name.
    private static string HistoryPath(HttpManagementPayload payload)
    {
        var address = new Uri(payload.StatusQueryGetUri!);
        return $"{address.PathAndQuery}{(address.Query.Length == 0 ? '?' : '&')}showHistory=true&showHistoryOutput=true&showInput=false";
    }
}

/// <summary>One orchestration.</summary>
/// <param name="Orchestration">It.</param>
/// <param name="HistoryPath">Path and query below this host where Durable tells its history; holds the key that it needs.</param>
public sealed record InstanceStatus(OrchestrationStatus Orchestration, string HistoryPath);
