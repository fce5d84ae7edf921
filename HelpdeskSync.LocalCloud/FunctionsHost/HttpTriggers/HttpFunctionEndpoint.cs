using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;

/// <summary>Answers the requests to one HTTP function.</summary>
internal sealed partial class HttpFunctionEndpoint(
    FunctionMethod function, HttpTriggerAttribute trigger, FunctionKeys keys, FunctionInvoker invoker, HostPhase phase, ILogger logger)
{
    public async Task AnswerAsync(HttpContext http)
    {
        if (!keys.Allows(trigger.AuthLevel, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await phase.Started.WaitAsync(http.RequestAborted);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, phase.OutOfTime);
        var context = new LocalFunctionContext(function, phase.NewInvocationId(), http.RequestServices, ending.Token)
        {
            Trigger = http.Request,
            Data = http.GetRouteData().Values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        };
        try
        {
            await WriteAsync(http, await invoker.InvokeAsync(context));
        }
        catch (RouteValueException refused)
        {
            await Results.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            CallerLeft(function.Name, context.InvocationId);
        }
        catch (OperationCanceledException) when (phase.OutOfTime.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception failure)
        {
            Failed(failure, function.Name, context.InvocationId);
            if (http.Response.HasStarted)
            {
                // Half an answer is out; a broken connection is the only way to say that it is not whole.
                http.Abort();
                return;
            }

            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private Task WriteAsync(HttpContext http, object? value) => value switch
    {
        IResult result => result.ExecuteAsync(http),
        IActionResult action => action.ExecuteResultAsync(ActionContextOf(http)),
        null => Task.CompletedTask,
        _ => new ObjectResult(value).ExecuteResultAsync(ActionContextOf(http)),
    };

    private ActionContext ActionContextOf(HttpContext http) =>
        new(http, http.GetRouteData(), new ActionDescriptor { DisplayName = function.Name });

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Function '{Function}' failed (invocation {Invocation}).")]
    private partial void Failed(Exception failure, string function, string invocation);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "The caller of function '{Function}' left (invocation {Invocation}).")]
    private partial void CallerLeft(string function, string invocation);
}
