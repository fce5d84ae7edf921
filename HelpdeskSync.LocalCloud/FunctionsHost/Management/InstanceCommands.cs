using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Steers instances: events, suspension, end, rewinding, purge. Starting and restarting one stands in the other half.</summary>
internal sealed partial class InstanceCommands(DurableTaskEngine engine, FunctionCatalog catalog, FunctionKeys keys, TimeProvider clock)
{
    private DurableTaskClient Client => engine.Client;

    public Task<IResult> RaiseEventAsync(HttpContext http) => OnLivingAsync(http, async (id, _) =>
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return ManagementError.BadRequest("Only application/json request content is supported");
        }

        if (await JsonBody.ReadAsync(http) is not { IsValid: true, Value: not null } body)
        {
            return JsonBody.Refused;
        }

        await Client.RaiseEventAsync(id, (string)http.Request.RouteValues["eventName"]!, body.Value, http.RequestAborted);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    });

    public Task<IResult> TerminateAsync(HttpContext http) =>
        OnLivingAsync(http, (id, reason) => AcceptedAfter(Client.TerminateInstanceAsync(id, reason, http.RequestAborted)));

    public Task<IResult> SuspendAsync(HttpContext http) =>
        OnLivingAsync(http, (id, reason) => AcceptedAfter(Client.SuspendInstanceAsync(id, reason, http.RequestAborted)));

    public Task<IResult> ResumeAsync(HttpContext http) =>
        OnLivingAsync(http, (id, reason) => AcceptedAfter(Client.ResumeInstanceAsync(id, reason, http.RequestAborted)));

    public async Task<IResult> RewindAsync(HttpContext http)
    {
        var id = InstanceIdOf(http);
        if (await Client.GetInstanceAsync(id, http.RequestAborted) is not { } instance)
        {
            return Results.NotFound();
        }

        return instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated
            ? Results.StatusCode(StatusCodes.Status410Gone)
            : await AcceptedAfter(Client.RewindInstanceAsync(id, ReasonOf(http)!, http.RequestAborted));
    }

    public async Task<IResult> PurgeAsync(HttpContext http)
    {
        var id = InstanceIdOf(http);
        return await Client.GetInstanceAsync(id, http.RequestAborted) is null
            ? Results.NotFound()
            : Purged(await Client.PurgeInstanceAsync(id, options: null, http.RequestAborted));
    }

    public async Task<IResult> PurgeManyAsync(HttpContext http)
    {
        var query = new ManagementQuery(http.Request.Query);
        if (query.Time("createdTimeFrom") is not { } from)
        {
            return Results.Json("Please provide value for 'createdTimeFrom' parameter.", statusCode: StatusCodes.Status400BadRequest);
        }

        var statuses = query.Statuses("runtimeStatus");
        if (statuses is null && query.Text("runtimeStatus") is { } text)
        {
            // The extension would take the list for absent and purge every finished instance.
            throw new ArgumentException($"The query parameter 'runtimeStatus' is '{text}', which names no state.");
        }

        var result = await Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(from, query.Time("createdTimeTo") ?? clock.GetUtcNow(), statuses), options: null, http.RequestAborted);
        return result.PurgedInstanceCount == 0 ? Results.NotFound() : Purged(result);
    }

    private static IResult Purged(PurgeResult result) => Results.Json(new JsonObject { ["instancesDeleted"] = result.PurgedInstanceCount });

    private static async Task<IResult> AcceptedAfter(Task work)
    {
        await work;
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static string InstanceIdOf(HttpContext http) => (string)http.Request.RouteValues["instanceId"]!;

    private static string? ReasonOf(HttpContext http) => new ManagementQuery(http.Request.Query).Text("reason");

    /// <summary>404 for an unknown instance, 410 for a finished one.</summary>
    private async Task<IResult> OnLivingAsync(HttpContext http, Func<string, string?, Task<IResult>> act)
    {
        var id = InstanceIdOf(http);
        return await Client.GetInstanceAsync(id, http.RequestAborted) switch
        {
            null => Results.NotFound(),
            { IsCompleted: true } => Results.StatusCode(StatusCodes.Status410Gone),
            _ => await act(id, ReasonOf(http)),
        };
    }
}
