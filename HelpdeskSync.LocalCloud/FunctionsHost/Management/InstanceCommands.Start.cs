using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <content>Starts and restarts instances and, when asked to, waits for their end.</content>
internal sealed partial class InstanceCommands
{
    public async Task<IResult> StartAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["functionName"]!;
        var body = await JsonBody.ReadAsync(http);
        if (!body.IsValid)
        {
            return JsonBody.Refused;
        }

        if (!catalog.HasOrchestrator(name))
        {
            throw new ArgumentException(
                $"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: "
                + $"the orchestrators are {string.Join(", ", catalog.Orchestrators.Select(one => one.Trigger.Orchestration ?? one.Function.Name))}.");
        }

        var wanted = http.Request.RouteValues["instanceId"] as string;
        return await WaitAsync(http, await Client.ScheduleNewOrchestrationInstanceAsync(
            name, body.Value, new StartOrchestrationOptions(InstanceId: wanted), http.RequestAborted));
    }

    public async Task<IResult> RestartAsync(HttpContext http)
    {
        var isNew = new ManagementQuery(http.Request.Query).Flag("restartWithNewInstanceId", absent: true);
        try
        {
            return await WaitAsync(http, await Client.RestartAsync(InstanceIdOf(http), isNew, http.RequestAborted));
        }
        catch (ArgumentException unknown)
        {
            return ManagementError.BadRequest("InstanceId does not match a valid orchestration instance.", unknown);
        }
    }

    /// <summary>Waits for the end when both a timeout and an interval are given, else says where to ask for it.</summary>
    private async Task<IResult> WaitAsync(HttpContext http, string id)
    {
        var query = new ManagementQuery(http.Request.Query);
        if (query.Seconds("timeout") is not { } timeout || query.Seconds("pollingInterval") is not { } interval)
        {
            return CheckStatus(http, id);
        }

        if (interval > timeout)
        {
            throw new ArgumentException($"Total timeout {timeout.TotalSeconds} should be bigger than retry timeout {interval.TotalSeconds}");
        }

        var end = clock.GetUtcNow() + timeout;
        while (true)
        {
            var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
            if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed })
            {
                return Results.Json(InstanceStatusJson.Value(instance.SerializedOutput));
            }

            if (instance is { IsCompleted: true })
            {
                return Results.Json(InstanceStatusJson.Of(instance, query.Flag("showInput", absent: true)));
            }

            if (end - clock.GetUtcNow() is var left && left <= TimeSpan.Zero)
            {
                return CheckStatus(http, id);
            }

            await Task.Delay(left < interval ? left : interval, clock, http.RequestAborted);
        }
    }

    private IResult CheckStatus(HttpContext http, string id)
    {
        var query = $"taskHub={Uri.EscapeDataString(Client.Name)}&connection=Storage&code={Uri.EscapeDataString(keys.Key)}";
        var payload = ManagementAddress.For(id, $"{http.Request.Scheme}://{http.Request.Host}", query, "{text}");
        http.Response.Headers.Location = payload.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
        return Results.Json(payload, statusCode: StatusCodes.Status202Accepted);
    }
}
