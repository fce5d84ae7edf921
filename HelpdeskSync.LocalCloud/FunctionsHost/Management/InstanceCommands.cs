using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Steers instances: events, suspension, end, restart, purge; rewinding is refused. Starting one stands in the other half.</summary>
internal sealed partial class InstanceCommands(DurableTaskEngine engine, FunctionCatalog catalog, FunctionKeys keys, TimeProvider clock)
{
    private DurableTaskClient Client => engine.Client;

    public Task<IResult> RaiseEventAsync(HttpContext http) => OnLivingAsync(http, async (id, _) =>
    {
        if (!http.Request.HasJsonContentType())
        {
            return Results.Text("Only application/json request content is supported.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await JsonBody.ReadAsync(http) is not { IsValid: true } body)
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
            : Results.Text(
                "The local host cannot rewind an instance; restart it instead (POST .../restart).", statusCode: StatusCodes.Status501NotImplemented);
    }

    public async Task<IResult> RestartAsync(HttpContext http)
    {
        var id = InstanceIdOf(http);
        if (await Client.GetInstanceAsync(id, http.RequestAborted) is null)
        {
            return Results.Text($"No instance with ID '{id}' was found.", statusCode: StatusCodes.Status400BadRequest);
        }

        var isNew = new ManagementQuery(http.Request.Query).Flag("restartWithNewInstanceId", absent: true);
        return CheckStatus(http, await Client.RestartAsync(id, isNew, http.RequestAborted));
    }

    public async Task<IResult> PurgeAsync(HttpContext http) =>
        Purged(await Client.PurgeInstanceAsync(InstanceIdOf(http), options: null, http.RequestAborted));

    public async Task<IResult> PurgeManyAsync(HttpContext http)
    {
        var query = new ManagementQuery(http.Request.Query);
        var from = query.Time("createdTimeFrom")
            ?? throw new ArgumentException("Please provide value for 'createdTimeFrom' parameter.");
        return Purged(await Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(from, query.Time("createdTimeTo"), query.Statuses("runtimeStatus")), options: null, http.RequestAborted));
    }

    private static IResult Purged(PurgeResult result) => result.PurgedInstanceCount == 0
        ? Results.NotFound()
        : Results.Json(new JsonObject { ["instancesDeleted"] = result.PurgedInstanceCount });

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
