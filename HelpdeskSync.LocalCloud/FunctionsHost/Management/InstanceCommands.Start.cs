using System.Globalization;
using System.Text.Json.Nodes;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <content>Starts instances, anew or again, and waits for their end when asked to.</content>
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
            return ManagementError.BadRequest(
                $"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: "
                + $"the orchestrators are {string.Join(", ", catalog.Orchestrators.Select(one => one.Trigger.Orchestration ?? one.Function.Name))}.");
        }

        var wanted = http.Request.RouteValues["instanceId"] as string;
        try
        {
            var id = await Client.ScheduleNewOrchestrationInstanceAsync(
                name, body.Value, new StartOrchestrationOptions(InstanceId: wanted), http.RequestAborted);
            return await WaitAsync(http, id);
        }
        catch (OrchestrationAlreadyExistsException taken)
        {
            return ManagementError.Of(StatusCodes.Status409Conflict, taken.Message);
        }
    }

    public async Task<IResult> RestartAsync(HttpContext http)
    {
        var id = InstanceIdOf(http);
        if (await Client.GetInstanceAsync(id, http.RequestAborted) is not { } instance)
        {
            return ManagementError.BadRequest("InstanceId does not match a valid orchestration instance.");
        }

        var isNew = new ManagementQuery(http.Request.Query).Flag("restartWithNewInstanceId", absent: true);
        return isNew || instance.IsCompleted
            ? await WaitAsync(http, await Client.RestartAsync(id, isNew, http.RequestAborted))
            : ManagementError.Of(StatusCodes.Status409Conflict, "A non-terminal instance with this instance ID already exists.");
    }

    /// <summary>Waits when the request names both how long and how often to look.</summary>
    private async Task<IResult> WaitAsync(HttpContext http, string id)
    {
        var query = new ManagementQuery(http.Request.Query);
        if (query.Seconds("timeout") is not { } timeout || query.Seconds("pollingInterval") is not { } interval)
        {
            return CheckStatus(http, id);
        }

        if (interval > timeout)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Total timeout {timeout.TotalSeconds} should be bigger than retry timeout {interval.TotalSeconds}"));
        }

        for (var started = clock.GetTimestamp(); ;)
        {
            var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
            if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed })
            {
                return Results.Json(InstanceStatusJson.Value(instance.SerializedOutput));
            }

            if (instance is { IsCompleted: true })
            {
                return await queries.StatusAsync(http, id, failureIsServerError: false);
            }

            var left = timeout - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return CheckStatus(http, id);
            }

            await Task.Delay(left < interval ? left : interval, clock, http.RequestAborted);
        }
    }

    private IResult CheckStatus(HttpContext http, string id)
    {
        var payload = ManagementAddress.For(
            id,
            $"{http.Request.Scheme}://{http.Request.Host}",
            $"taskHub={Uri.EscapeDataString(hostJson.HubName)}&connection=Storage&code={Uri.EscapeDataString(keys.Key)}",
            "{text}");
        http.Response.Headers.Location = payload.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = "10";

        // The host's own answer has no address for rewinding.
        return Results.Json(
            new JsonObject
            {
                ["id"] = payload.Id,
                ["statusQueryGetUri"] = payload.StatusQueryGetUri,
                ["sendEventPostUri"] = payload.SendEventPostUri,
                ["terminatePostUri"] = payload.TerminatePostUri,
                ["purgeHistoryDeleteUri"] = payload.PurgeHistoryDeleteUri,
                ["restartPostUri"] = payload.RestartPostUri,
                ["suspendPostUri"] = payload.SuspendPostUri,
                ["resumePostUri"] = payload.ResumePostUri,
            },
            statusCode: StatusCodes.Status202Accepted);
    }
}
