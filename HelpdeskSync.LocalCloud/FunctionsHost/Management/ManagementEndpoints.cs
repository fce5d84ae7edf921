using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>The Durable extension's HTTP API under <c>/runtime/webhooks/durabletask</c>.</summary>
internal sealed partial class ManagementEndpoints(
    IServiceProvider services, FunctionKeys keys, HostPhase phase, ILogger<ManagementEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var queries = ActivatorUtilities.CreateInstance<InstanceQueries>(services);
        var commands = ActivatorUtilities.CreateInstance<InstanceCommands>(services);
        const string Instances = ManagementAddress.Path + "/instances";
        const string Instance = Instances + "/{instanceId}";
        endpoints.MapMethods(Instances, ["GET"], Guarded(queries.ListAsync));
        endpoints.MapMethods(Instance, ["GET"], Guarded(queries.StatusAsync));
        endpoints.MapMethods(Instances, ["DELETE"], Guarded(commands.PurgeManyAsync));
        endpoints.MapMethods(Instance, ["DELETE"], Guarded(commands.PurgeAsync));
        endpoints.MapMethods(Instance + "/raiseEvent/{eventName}", ["POST"], Guarded(commands.RaiseEventAsync));
        endpoints.MapMethods(Instance + "/terminate", ["POST"], Guarded(commands.TerminateAsync));
        endpoints.MapMethods(Instance + "/suspend", ["POST"], Guarded(commands.SuspendAsync));
        endpoints.MapMethods(Instance + "/resume", ["POST"], Guarded(commands.ResumeAsync));
        endpoints.MapMethods(Instance + "/rewind", ["POST"], Guarded(commands.RewindAsync));
        endpoints.MapMethods(Instance + "/restart", ["POST"], Guarded(commands.RestartAsync));
        endpoints.MapMethods(ManagementAddress.Path + "/orchestrators/{functionName}/{instanceId?}", ["POST"], Guarded(commands.StartAsync));
        endpoints.Map(ManagementAddress.Path + "/entities/{**rest}", Guarded(_ => Task.FromResult(ManagementError.NoEntities)));
    }

    private RequestDelegate Guarded(Func<HttpContext, Task<IResult>> answer) => async http =>
    {
        if (!keys.Allows(AuthorizationLevel.System, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await phase.Started.WaitAsync(http.RequestAborted);
        var result = await AnswerAsync(http, answer);
        await result.ExecuteAsync(http);
    };

    private async Task<IResult> AnswerAsync(HttpContext http, Func<HttpContext, Task<IResult>> answer)
    {
        try
        {
            return await answer(http);
        }
        catch (ArgumentException refused)
        {
            return ManagementError.WrongArgument(refused);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (Exception failure)
        {
            Failed(failure, http.Request.Method, http.Request.Path);
            return ManagementError.Failed(failure);
        }
    }

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "The management call {Method} {Path} failed.")]
    private partial void Failed(Exception failure, string method, PathString path);
}
