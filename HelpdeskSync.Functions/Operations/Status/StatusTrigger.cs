using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Tells how the app does: <c>GET /api/status</c>.</summary>
public sealed class StatusTrigger(StatusReader reader)
{
    /// <summary>200 with a <see cref="StatusReport"/>; where BigQuery cannot be asked it says so instead of figures.</summary>
    [Function(nameof(StatusTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "status")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new OkObjectResult(await reader.GetAsync(client, cancellationToken));
    }
}
