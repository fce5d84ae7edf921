using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Starts a run by hand: <c>POST /api/sync?mode=incremental|full[&amp;tables=a,b][&amp;deep=true]</c>.</summary>
public sealed class SyncTrigger(Connector connector, RunStarter starter, TimeProvider time)
{
    /// <summary>202 with Durable's status URLs; 400 that lists the good values.</summary>
    [Function(nameof(SyncTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sync")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var mode = Mode(request.Query["mode"].ToString(), faults);
        var tables = TablesParameter.Read(request.Query["tables"].ToString(), connector, faults);
        var deep = Deep(request.Query["deep"].ToString(), faults);
        if (faults.Count > 0)
        {
            return new BadRequestObjectResult(new { error = $"Nothing was started. {string.Join(' ', faults)}" });
        }

        var name = mode == SyncMode.Full ? "full" : "incremental";
        var run = await starter.StartAsync(client, mode, $"{name}-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}", new RunRequest(tables, deep), cancellationToken);
        return ManagementUrls.Accepted(client.CreateHttpManagementPayload(run));
    }

    private static SyncMode Mode(string text, List<string> faults)
    {
        if (Enum.TryParse<SyncMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) && !int.TryParse(text, out _))
        {
            return mode;
        }

        faults.Add(text.Length == 0 ? "Parameter mode is missing; it is incremental or full." : $"Parameter mode is '{text}'; it can be incremental or full.");
        return default;
    }

    private static bool Deep(string text, List<string> faults)
    {
        if (text.Length == 0 || bool.TryParse(text, out _))
        {
            return text.Length > 0 && bool.Parse(text);
        }

        faults.Add($"Parameter deep is '{text}'; it can be true or false.");
        return false;
    }
}
