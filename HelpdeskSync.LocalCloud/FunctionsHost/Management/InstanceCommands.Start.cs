using System.Globalization;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <content>Starts instances and, when asked to, waits for their end.</content>
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
            return Results.Text(
                $"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: "
                + $"the orchestrators are {string.Join(", ", catalog.Orchestrators.Select(one => one.Trigger.Orchestration ?? one.Function.Name))}.",
                statusCode: StatusCodes.Status400BadRequest);
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
            return Results.Text(taken.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private async Task<IResult> WaitAsync(HttpContext http, string id)
    {
        var query = new ManagementQuery(http.Request.Query);
        if (query.Number("timeout") is not { } timeout)
        {
            return CheckStatus(http, id);
        }

        var pause = TimeSpan.FromSeconds(query.Number("pollingInterval") ?? 1);
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(timeout);
        while (true)
        {
            var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
            if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed })
            {
                return Results.Json(InstanceStatusJson.Value(instance.SerializedOutput));
            }

            if (instance is { IsCompleted: true })
            {
                var failed = instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && query.Flag("returnInternalServerErrorOnFailure", absent: false);
                return Results.Json(InstanceStatusJson.Of(instance, showInput: true), statusCode: failed ? 500 : 200);
            }

            if (clock.GetUtcNow() + pause > end)
            {
                return CheckStatus(http, id);
            }

            await Task.Delay(pause, clock, http.RequestAborted);
        }
    }

    private IResult CheckStatus(HttpContext http, string id)
    {
        var payload = ManagementAddress.For(
            id, $"{http.Request.Scheme}://{http.Request.Host}", "code=" + Uri.EscapeDataString(keys.Key), "{text}");
        http.Response.Headers.Location = payload.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
        return Results.Json(payload, statusCode: StatusCodes.Status202Accepted);
    }
}
