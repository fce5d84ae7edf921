using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using HelpdeskSync.Functions.Schedules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>Azure Resource Manager with one site, as far as always-ready instances need it.</summary>
internal sealed class FakeResourceManager : IAsyncDisposable
{
    public const string SiteId = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web/sites/sync";

    private readonly WebApplication app;
    private readonly ServiceProvider clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private readonly ConcurrentQueue<string> requests = new();

    private FakeResourceManager(WebApplication app) => this.app = app;

    /// <summary>The site; merged with what is written.</summary>
    public JsonObject Site { get; set; } = SiteWith("""[{"name":"function:Other","instanceCount":3}]""");

    /// <summary>Answers some requests in place of the site: method in, status and body out.</summary>
    public Func<string, (int Status, string Body)?> Instead { get; set; } = _ => null;

    /// <summary>Method, path and query of each request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>The always-ready entries, as JSON.</summary>
    public string AlwaysReady => Site["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!.ToJsonString();

    public static JsonObject SiteWith(string alwaysReady) => JsonNode.Parse(
        """
        {"name":"sync","location":"westeurope","properties":{"state":"Running","functionAppConfig":{
          "deployment":{"storage":{"type":"blobContainer","value":"https://x"}},"runtime":{"name":"dotnet-isolated","version":"10.0"},
          "scaleAndConcurrency":{"maximumInstanceCount":40,"instanceMemoryMB":2048,"alwaysReady":ENTRIES}}}}
        """.Replace("ENTRIES", alwaysReady, StringComparison.Ordinal))!.AsObject();

    public static async Task<FakeResourceManager> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var manager = new FakeResourceManager(builder.Build());
        manager.app.Run(manager.AnswerAsync);
        await manager.app.StartAsync(cancellationToken);
        return manager;
    }

    public WarmOptions Options() => new() { SiteResourceId = SiteId, ManagementAddress = new Uri(app.Urls.First() + "/") };

    public AlwaysReadySetting Setting(WarmOptions? options = null) => new(
        clients.GetRequiredService<IHttpClientFactory>(), new FixedToken(), Microsoft.Extensions.Options.Options.Create(options ?? Options()));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await clients.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        if (Instead(http.Request.Method) is var (status, body))
        {
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body, http.RequestAborted);
            return;
        }

        if (http.Request.Headers.Authorization != "Bearer arm-token" || http.Request.Path != SiteId)
        {
            http.Response.StatusCode = 401;
            return;
        }

        if (http.Request.Method == "PATCH")
        {
            var sent = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
            Site["properties"]!["functionAppConfig"] = sent["properties"]!["functionAppConfig"]!.DeepClone();
        }

        await http.Response.WriteAsync(Site.ToJsonString(), http.RequestAborted);
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(requestContext.Scopes is [var scope] && scope.EndsWith("/.default", StringComparison.Ordinal) ? "arm-token" : "none", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
