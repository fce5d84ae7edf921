using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed class HttpTriggerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "api/Plain", 200, "GET", "text/plain; charset=utf-8")]
    [InlineData("POST", "api/Plain", 404, "", null)]
    [InlineData("GET", "api/absent", 404, "", null)]
    [InlineData("GET", "Plain", 404, "", null)]
    [InlineData("GET", "api/objectvalue?name=Ann", 200, """{"firstName":"Ann","age":3}""", "application/json; charset=utf-8")]
    [InlineData("POST", "api/results/action", 202, """{"firstName":"","age":4}""", "application/json; charset=utf-8")]
    [InlineData("PUT", "api/results/result", 418, "/api/results/result", "text/plain; charset=utf-8")]
    [InlineData("GET", "api/Written", 203, "by hand", null)]
    [InlineData("GET", "api/things/tickets/7", 200, "GET tickets 7  RouteValues tickets", "text/plain; charset=utf-8")]
    [InlineData("GET", "api/things/a%20b/7/0f8fad5b-d9cb-469f-a165-70867728950e", 200,
        "GET a b 7 0f8fad5b-d9cb-469f-a165-70867728950e RouteValues a b", "text/plain; charset=utf-8")]
    public async Task Request_ToAFunction_IsAnsweredByItsReturnValue(string method, string path, int status, string body, string? type)
    {
        await using var host = await TestHost.StartAsync(typeof(StaticHttpSamples));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Request_RouteValueOfTheWrongType_Is400AndNamesTheValue()
    {
        await using var host = await TestHost.StartAsync(typeof(StaticHttpSamples));

        using var answer = await host.Client.GetAsync("api/things/tickets/seven", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'number'", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/Locked", null, null, 401)]
    [InlineData("api/Locked", "wrong", null, 401)]
    [InlineData("api/Locked", "local", null, 200)]
    [InlineData("api/Locked", null, "local", 200)]
    [InlineData("api/Locked", "wrong", "local", 200)]
    [InlineData("api/Locked", "local-master", null, 200)]
    [InlineData("api/Master", "local", null, 401)]
    [InlineData("api/Master", null, "local-master", 200)]
    [InlineData("api/Plain", null, null, 200)]
    public async Task Request_WithAKey_IsLetInByItsLevel(string path, string? header, string? code, int status)
    {
        await using var host = await TestHost.StartAsync(typeof(StaticHttpSamples));
        using var request = new HttpRequestMessage(HttpMethod.Get, code is null ? path : $"{path}?code={code}");
        if (header is not null)
        {
            request.Headers.Add("x-functions-key", header);
        }

        using var answer = await host.Anonymous.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Request_KeysFromSettings_ReplaceTheDefaults()
    {
        var settings = new Dictionary<string, string?> { ["LocalCloud:Functions:Key"] = "other" };
        await using var host = await TestHost.StartAsync(new DataFolder(), null, settings, typeof(StaticHttpSamples));

        using var refused = await host.Anonymous.GetAsync("api/Locked?code=local", Cancel);
        using var allowed = await host.Client.GetAsync("api/Locked", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Request_FunctionThrows_Is500WithoutItsMessage()
    {
        await using var host = await TestHost.StartAsync(typeof(StaticHttpSamples));

        using var answer = await host.Client.GetAsync("api/Throws?secret=hush", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Request_ClassWithDependencies_IsMadeAndDisposedForEachInvocation()
    {
        await using var host = await TestHost.StartAsync(
            new DataFolder(), builder => builder.Services.AddScoped<Stamp>(), null, typeof(InstanceHttpSamples));
        var before = InstanceHttpSamples.Disposed;

        Assert.Equal("stamped", await host.Client.GetStringAsync("api/Stamped", Cancel));
        Assert.Equal("stamped", await host.Client.GetStringAsync("api/Stamped", Cancel));

        Assert.Equal(2, InstanceHttpSamples.Disposed - before);
    }

    [Theory]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "Plain")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "v1/fn" } } } // said by a person""", "v1/fn/Plain")]
    public async Task Request_PrefixInHostJson_IsPartOfTheAddress(string hostJson, string path)
    {
        await using var host = await TestHost.StartAsync(
            new DataFolder().With("host.json", hostJson), null, null, typeof(StaticHttpSamples));

        Assert.Equal("GET", await host.Client.GetStringAsync(path, Cancel));
    }

    [Fact]
    public async Task Stop_RequestUnderWay_IsFinishedAndNewOnesAreRefused()
    {
        var gate = new Gate();
        await using var host = await TestHost.StartAsync(new DataFolder(), builder => builder.Services.AddSingleton(gate), null, typeof(SlowSample));
        var request = host.Client.GetStringAsync("api/Slow", Cancel);
        await gate.Entered.Task.WaitAsync(Cancel);

        var stop = host.Host.StopAsync(Cancel);
        Assert.False(stop.IsCompleted);
        gate.Opened.SetResult();
        await stop;

        Assert.Equal("done GET", await request);
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Anonymous.GetStringAsync("api/Slow", Cancel));
    }

    [Fact]
    public async Task Stop_RequestTakesTooLong_IsCancelledAtTheLimit()
    {
        var gate = new Gate();
        var settings = new Dictionary<string, string?> { ["LocalCloud:Functions:StopTimeout"] = "00:00:00.2" };
        await using var host = await TestHost.StartAsync(new DataFolder(), builder => builder.Services.AddSingleton(gate), settings, typeof(SlowSample));
        var request = host.Client.GetAsync("api/Slow", Cancel);
        await gate.Entered.Task.WaitAsync(Cancel);

        await host.Host.StopAsync(Cancel);

        using var answer = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }
}
