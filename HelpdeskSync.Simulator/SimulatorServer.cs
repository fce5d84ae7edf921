using System.Net;
using HelpdeskSync.Simulator.Api;
using HelpdeskSync.Simulator.Control;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Tokens;
using HelpdeskSync.Simulator.Truth;
using HelpdeskSync.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Simulator;

/// <summary>A running helpdesk on 127.0.0.1; disposing it frees the port. Several may run in one process.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ControlParts parts;
    private readonly HttpClient http;
    private readonly Journal? journal;

    private SimulatorServer(WebApplication app, ControlParts parts, HttpClient http, Journal? journal)
    {
        (this.app, this.parts, this.http, this.journal) = (app, parts, http, journal);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Scheme, host and port; the API lies under /api/v1, tokens under /oauth/v2/token, the controls under /_simulator.</summary>
    public Uri Address { get; }

    internal ControlParts Parts => parts;

    /// <summary>Starts a helpdesk and returns once it answers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken, or the data directory is in use by another simulator.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var journal = options.DataDirectory is { } directory ? Journal.Open(directory, () => WorldOpening.Header(options)) : null;
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, AllowAutoRedirect = false });
        var parts = Assemble(options, journal, http);
        var app = Build(options, parts);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await Release(app, parts, http, journal);
            throw;
        }

        return new(app, parts, http, journal);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await Release(app, parts, http, journal);
    }

    private static async Task Release(WebApplication app, ControlParts parts, HttpClient http, Journal? journal)
    {
        await parts.Stream.DisposeAsync();
        await app.DisposeAsync();
        await parts.Webhooks.DisposeAsync();
        parts.Webhooks.Parts.Signer.Dispose();
        http.Dispose();
        journal?.Dispose();
    }

    private static ControlParts Assemble(SimulatorOptions options, Journal? journal, HttpClient http)
    {
        var world = WorldOpening.World(options, journal?.Header ?? WorldOpening.Header(options));
        var truth = new HelpdeskTruth(world, options);
        var token = WorldOpening.Replay(truth, journal, options.RefreshToken);
        var writer = new RecordWriter(world, options.Dialect);
        var webhooks = new WebhookHub(new(
            unchecked((ulong)world.Seed), http, new(truth, writer), new(options.OrganizationId, options.Time), new()));
        truth.Changed = outcome =>
        {
            journal?.Append(Journal.Line(outcome.Change));
            webhooks.Publish(outcome);
        };
        return new(
            options, truth, writer, new(truth, options), webhooks, new(world.Seed),
            new(options, token, rotated => journal?.Append(WorldOpening.RotatedToken(rotated))),
            new(options.DailyCredits, options.Time), new(), options.KeepAnswers ? new(options.Time) : null);
    }

    private static WebApplication Build(SimulatorOptions options, ControlParts parts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        var desk = new Desk(parts.Truth, parts.Writer, options);
        var pipeline = new ApiPipeline(options, parts.Tokens, parts.Faults, parts.Credits, parts.Log, parts.Answers,
            new RandomChanges(parts.Truth, options.Time, Dice.Mix((ulong)Salt.Change, unchecked((ulong)parts.Truth.World.Seed)), new ChangeMix()));
        DeskRoutes.Map(app, pipeline, desk, parts.Webhooks, options);
        TokenEndpoint.Map(app, parts.Tokens, parts.Log, options);
        ControlEndpoints.Map(app, parts);
        app.MapGet("/.well-known/jwks.json", () => ControlJson.Ok(parts.Webhooks.Parts.Signer.Jwks()));
        app.MapGet("/", () => Guide.Text);
        return app;
    }
}
