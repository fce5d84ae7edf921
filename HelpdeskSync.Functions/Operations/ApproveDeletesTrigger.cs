using HelpdeskSync.Functions.Reconciliation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Approves or refuses the deletions that a run waits with: <c>POST /api/sync/{run}/approve-deletes[?approve=false]</c>.</summary>
public sealed class ApproveDeletesTrigger
{
    /// <summary>202 when the answer is on its way; 404 for an unknown run, 409 for one that does not wait, 400 for a bad answer.</summary>
    [Function(nameof(ApproveDeletesTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sync/{run}/approve-deletes")] HttpRequest request,
        string run,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var answer = request.Query["approve"].ToString();
        if (answer.Length > 0 && !bool.TryParse(answer, out _))
        {
            return new BadRequestObjectResult(new { error = $"Parameter approve is '{answer}'; it can be true or false." });
        }

        var instance = await client.GetInstanceAsync(run, true, cancellationToken);
        if (instance is null)
        {
            return new NotFoundObjectResult(new { error = $"There is no run '{run}'." });
        }

        if (instance.IsCompleted || instance.SerializedCustomStatus?.Contains("\"NeedsApproval\"", StringComparison.Ordinal) is not true)
        {
            return new ConflictObjectResult(new { error = $"Run '{run}' does not wait for an approval; it is {instance.RuntimeStatus}." });
        }

        var approve = answer.Length == 0 || bool.Parse(answer);
        await client.RaiseEventAsync(run, ReconciliationOrchestrator.ApproveDeletes, approve, cancellationToken);
        return new AcceptedResult(location: null, new { run, approve });
    }
}
