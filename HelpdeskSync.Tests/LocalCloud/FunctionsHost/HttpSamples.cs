using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed record Greeting(string FirstName, int Age);

public sealed class Stamp
{
    public string Text { get; } = "stamped";
}

internal static class StaticHttpSamples
{
    [Function("Plain")]
    public static string Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Method;

    [Function("ObjectValue")]
    public static object ObjectValue([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        new Greeting(request.Query["name"].ToString(), 3);

    [Function("Action")]
    public static Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "results/action")] HttpRequest request) =>
        Task.FromResult<IActionResult>(new AcceptedResult("/there", new Greeting(request.Headers["X-Name"].ToString(), 4)));

    [Function("Result")]
    public static async ValueTask<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, Route = "results/result")] HttpRequest request)
    {
        await Task.Yield();
        return Results.Text(request.Path, statusCode: 418);
    }

    [Function("Written")]
    public static async Task Written([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.StatusCode = 203;
        await request.HttpContext.Response.WriteAsync("by hand", cancellationToken);
    }

    [Function("RouteValues")]
    public static string Route(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "things/{table}/{number}/{id?}")] HttpRequest request,
        string table, int number, Guid? id, FunctionContext context) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{request.Method} {table} {number} {id} {context.FunctionDefinition.Name} {context.BindingContext.BindingData["TABLE"]}");

    [Function("Locked")]
    public static string Locked([HttpTrigger] HttpRequest request) => request.Method;

    [Function("Master")]
    public static string Master([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => request.Method;

    [Function("Throws")]
    public static Task<string> Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        throw new InvalidOperationException("the secret is " + request.Query["secret"]);
}

internal sealed class InstanceHttpSamples(Stamp stamp, IServiceProvider services) : IDisposable
{
    public static int Disposed { get; private set; }

    public void Dispose() => Disposed++;

    [Function("Stamped")]
    public string Stamped([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
        ReferenceEquals(context.InstanceServices.GetRequiredService<Stamp>(), stamp) && services.GetService<Stamp>() == stamp ? stamp.Text : request.Method;
}

internal sealed class Gate
{
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class SlowSample(Gate gate)
{
    [Function("Slow")]
    public async Task<string> Slow([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
    {
        gate.Entered.SetResult();
        await gate.Opened.Task.WaitAsync(cancellationToken);
        return "done " + request.Method;
    }
}
