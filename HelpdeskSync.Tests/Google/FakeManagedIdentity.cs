using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.GoogleAccess;

/// <summary>The endpoint that Azure Functions gives an app for its managed identity (IDENTITY_ENDPOINT), until it is disposed.</summary>
internal sealed class FakeManagedIdentity : IAsyncDisposable
{
    private const string Header = "the platform's header";
    private readonly WebApplication app;

    private FakeManagedIdentity(WebApplication app) => this.app = app;

    /// <summary>What tokens were asked for, in order.</summary>
    public List<string> Resources { get; } = [];

    public static async Task<FakeManagedIdentity> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var identity = new FakeManagedIdentity(builder.Build());
        identity.app.MapGet("/msi/token", identity.Token);
        await identity.app.StartAsync(cancellationToken);
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", identity.app.Urls.First() + "/msi/token");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", Header);
        return identity;
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        await app.DisposeAsync();
    }

    private IResult Token(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != Header)
        {
            return Results.Unauthorized();
        }

        Resources.Add(request.Query["resource"].ToString());
        return Results.Json(new
        {
            access_token = "the managed identity's token",
            expires_on = TimeProvider.System.GetUtcNow().AddHours(8).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            resource = request.Query["resource"].ToString(),
            token_type = "Bearer",
        });
    }
}
