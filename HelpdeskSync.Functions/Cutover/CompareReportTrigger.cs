using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Shows a cut-over report: <c>GET /api/compare/{run}</c>, as a page to browsers and as JSON to others.</summary>
public sealed class CompareReportTrigger
{
    /// <summary>200 when every table passes, 409 when one does not (so that <c>curl --fail</c> fails), 202 while it is compared, 404 for another id.</summary>
    [Function(nameof(CompareReportTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "compare/{run}")] HttpRequest request,
        string run,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(run, true, cancellationToken);
        if (instance?.Name != nameof(CompareOrchestrator))
        {
            return new NotFoundObjectResult(new { error = $"There is no comparison '{run}'. POST /api/compare?baseline=project.dataset starts one and answers with its id." });
        }

        if (!instance.IsCompleted)
        {
            return new ObjectResult(new { status = instance.RuntimeStatus.ToString() }) { StatusCode = StatusCodes.Status202Accepted };
        }

        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            return new ObjectResult(new { error = $"The comparison did not end: {instance.RuntimeStatus}. {instance.FailureDetails?.ErrorMessage}" })
            {
                StatusCode = StatusCodes.Status502BadGateway,
            };
        }

        var report = instance.ReadOutputAs<CompareReport>()!;
        var status = report.Pass ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        if (!request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return new ObjectResult(report) { StatusCode = status };
        }

        request.HttpContext.Response.Headers.ContentSecurityPolicy = ComparePage.ContentSecurityPolicy;
        request.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new ContentResult { Content = ComparePage.Of(run, report), ContentType = "text/html; charset=utf-8", StatusCode = status };
    }
}
