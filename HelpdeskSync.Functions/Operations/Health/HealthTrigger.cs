using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Health;

/// <summary>Says whether the app is up: <c>GET /api/health</c>. For probes: anonymous, cheap, and without a word more than that.</summary>
public sealed class HealthTrigger(HealthChecks checks)
{
    /// <summary>200 when all dependencies answer, else 503; both with a <see cref="HealthAnswer"/>.</summary>
    [Function(nameof(HealthTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var health = await checks.GetAsync(client, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new ObjectResult(health) { StatusCode = health.Down.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable };
    }
}
