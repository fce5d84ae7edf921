using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

internal static class HttpEdgeSamples
{
    [Function("GetOnly")]
    public static string GetOnly([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Method;

    [Function("AnyMethod")]
    public static string AnyMethod([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Method;

    [Function("Own405")]
    public static IActionResult Own405([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        new ContentResult { StatusCode = 405, Content = request.Method };

    [Function("Constrained")]
    public static string Constrained(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "limits/{size:int:min(1)}/{name:alpha?}")] HttpRequest request, int size, string? name) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Method} {size} {name ?? "-"}");

    [Function("Defaulted")]
    public static string Defaulted([HttpTrigger(AuthorizationLevel.Anonymous, Route = "defaults/{page?}")] HttpRequest request, int page = 7) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Method} {page}");

    [Function("CatchAll")]
    public static string CatchAll([HttpTrigger(AuthorizationLevel.Anonymous, Route = "files/{*path}")] HttpRequest request, string? path) =>
        $"{request.Method} {path}";

    [Function("Digest")]
    public static async Task<string> DigestAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, cancellationToken));

    [Function("FromQueryAndBody")]
    public static async Task<IActionResult> FromQueryAndBodyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, FunctionContext context)
    {
        var greeting = await request.ReadFromJsonAsync<Greeting>(context.CancellationToken);
        return new OkObjectResult(new { tags = request.Query["tag"].ToArray(), greeting });
    }

    [Function("HalfAnswer")]
    public static async Task HalfAnswerAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
    {
        var response = request.HttpContext.Response;
        response.ContentLength = 100;
        await response.WriteAsync("half", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        throw new InvalidOperationException("the secret is hush");
    }
}

/// <summary>Requests that end only when all of them have come.</summary>
internal sealed class Crowd(int size)
{
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int present;

    public Task EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref present) == size)
        {
            complete.SetResult();
        }

        return complete.Task.WaitAsync(cancellationToken);
    }
}

internal sealed class CrowdSample(Crowd crowd)
{
    [Function("Together")]
    public async Task<string> TogetherAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "together/{number}")] HttpRequest request, string number, FunctionContext context)
    {
        await crowd.EnterAsync(context.CancellationToken);
        return $"{number} {request.RouteValues["number"]} {context.InvocationId}";
    }
}

internal sealed class LeftSample(Gate gate)
{
    /// <summary>Says through the gate that its token was cancelled.</summary>
    [Function("Left")]
    public async Task LeftAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
    {
        gate.Entered.SetResult();
        await using var registration = cancellationToken.Register(() => gate.Opened.TrySetResult());
        await Task.Delay(Timeout.Infinite, cancellationToken);
        _ = request;
    }
}
