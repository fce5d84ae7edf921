using System.Globalization;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Starts a cut-over comparison: <c>POST /api/compare?baseline=project.dataset[&amp;tables=][&amp;since=][&amp;tolerance=]</c>.</summary>
public sealed class CompareTrigger(Connector connector, TimeProvider time)
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);

    /// <summary>202 with Durable's status URLs and the report's address; 400 that names every fault.</summary>
    [Function(nameof(CompareTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "compare")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var baseline = Baseline.Read(request.Query["baseline"].ToString(), faults);
        var tables = TablesParameter.Read(request.Query["tables"].ToString(), connector, faults);
        var since = Since(request.Query["since"].ToString(), faults);
        var tolerance = Tolerance(request.Query["tolerance"].ToString(), faults);
        if (faults.Count > 0)
        {
            return new BadRequestObjectResult(new { error = $"Nothing was started. {string.Join(' ', faults)}" });
        }

        var instanceId = await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(CompareOrchestrator),
            new CompareRequest(baseline!, tables, since, tolerance),
            new StartOrchestrationOptions($"compare-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}"),
            cancellationToken);
        return ManagementUrls.Accepted(client.CreateHttpManagementPayload(instanceId));
    }

    private static DateTimeOffset? Since(string text, List<string> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (HelpdeskTime.TryRead(text, out var since))
        {
            return since;
        }

        faults.Add($"Parameter since is '{text}'; it must be a time as in 2026-01-31T00:00:00Z.");
        return null;
    }

    private static TimeSpan Tolerance(string text, List<string> faults)
    {
        if (text.Length == 0)
        {
            return s_tolerance;
        }

        if (TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out var tolerance) && tolerance >= TimeSpan.Zero && tolerance <= TimeSpan.FromDays(1))
        {
            return tolerance;
        }

        faults.Add($"Parameter tolerance is '{text}'; it must be hh:mm:ss, at most a day.");
        return s_tolerance;
    }
}
