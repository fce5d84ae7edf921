using System.Net;
using Google.Cloud.SecretManager.V1;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Simulator;
using TokenService = HelpdeskSync.Simulator.Tokens.TokenService;
using HelpdeskSync.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Tests.Tokens;

/// <summary>A token endpoint with Zoho's limits, a Secret Manager, a shared directory, and as many instances of the app as wanted.</summary>
internal sealed class TokenWorld : IAsyncDisposable
{
    public const string ClientSecret = "simulator-client-secret";
    private readonly string directory = Directory.CreateTempSubdirectory("tokens-").FullName;
    private readonly List<Instance> instances = [];

    public TokenWorld(TimeSpan? lifetime = null, bool rotate = true, TimeSpan latestLag = default)
    {
        Options = new() { AccessTokenLifetime = lifetime ?? TimeSpan.FromHours(1), RotateRefreshToken = rotate, Time = Clock };
        Service = new(Options, Options.RefreshToken, _ => { });
        Vault = new(Path.Combine(directory, "secrets"), Clock, latestLag);
    }

    public JumpingClock Clock { get; } = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public SimulatorOptions Options { get; }

    public TokenService Service { get; }

    public LocalSecretStore Vault { get; }

    /// <summary>Answers instead of the service while set.</summary>
    public Func<HttpResponseMessage>? Instead { get; set; }

    /// <summary>Runs after the service has answered, before the app reads it.</summary>
    public Func<Task> Answered { get; set; } = () => Task.CompletedTask;

    public ISharedBlobs Blobs() => new DirectorySharedBlobs(new(Path.Combine(directory, "shared")), Clock);

    public async Task<TokenWorld> SeedAsync()
    {
        await Vault.EnsureSecretAsync("p", "helpdesk-oauth-client-id", Options.ClientId);
        await Vault.EnsureSecretAsync("p", "helpdesk-oauth-client-secret", Options.ClientSecret);
        await Vault.EnsureSecretAsync("p", "helpdesk-oauth-refresh-token", Options.RefreshToken);
        return this;
    }

    /// <summary>Another instance of the app: its own memory and, if it is wrong, its own clock.</summary>
    public Instance Start(TimeProvider? clock = null)
    {
        var instance = new Instance(this, clock ?? Clock);
        instances.Add(instance);
        return instance;
    }

    public async Task<string> NewestRefreshTokenAsync()
    {
        var versions = await Vault.ListAsync("p", "helpdesk-oauth-refresh-token", CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(versions[0].Data);
    }

    /// <summary>Everything that lies in the shared directory, as text.</summary>
    public string SharedText() => string.Concat(Directory.EnumerateFiles(Path.Combine(directory, "shared")).Select(File.ReadAllText));

    public ValueTask DisposeAsync()
    {
        instances.ForEach(instance => instance.Dispose());
        Directory.Delete(directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        if (Instead is { } instead)
        {
            return instead();
        }

        var form = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync());
        var reply = Service.Refresh(form["grant_type"], form["client_id"], form["client_secret"], form["refresh_token"]);
        await Answered();
        return Json((HttpStatusCode)reply.Status, reply.Error is { } error
            ? new { error }
            : new { access_token = reply.AccessToken, expires_in = (int)Options.AccessTokenLifetime.TotalSeconds, refresh_token = reply.NewRefreshToken });
    }

    public static HttpResponseMessage Json(HttpStatusCode status, object body)
        => new(status) { Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body)) };

    /// <summary>One process of the app, as far as tokens go.</summary>
    internal sealed class Instance : IHttpClientFactory, IDisposable
    {
        private readonly SecretManagerConnection connection;
        private readonly TokenWorld world;

        public Instance(TokenWorld world, TimeProvider clock)
        {
            this.world = world;
            Secrets = new FaultySecretManager(world.Vault);
            Shared = new FaultySharedBlobs(new DirectorySharedBlobs(new(Path.Combine(world.directory, "shared")), clock));
            connection = new(_ => Task.FromResult<SecretManagerServiceClient>(Secrets));
            var names = Microsoft.Extensions.Options.Options.Create(new SecretsOptions { ProjectId = "p" });
            var options = Microsoft.Extensions.Options.Options.Create(
                new HelpdeskOptions { TokenAddress = new("https://accounts.example/oauth/v2/token"), ApiBaseAddress = new("https://desk.example/api/v1") });
            var secrets = new SecretManagerSecrets(connection, names, clock, NullLogger<SecretManagerSecrets>.Instance);
            Store = new(Shared, secrets, names, NullLogger<AccessTokenStore>.Instance);
            Provider = new(Store, secrets, new(this, secrets, options, names), options, clock, NullLogger<AccessTokenProvider>.Instance);
        }

        public FaultySecretManager Secrets { get; }

        public FaultySharedBlobs Shared { get; }

        public AccessTokenStore Store { get; }

        public AccessTokenProvider Provider { get; }

        public Task<AccessToken> GetAsync() => Provider.GetAsync(TestContext.Current.CancellationToken).AsTask();

        public HttpClient CreateClient(string name)
        {
            Assert.Equal(TokenEndpoint.TokenClient, name);
            return new HttpClient(new Handler(world.AnswerAsync));
        }

        public void Dispose()
        {
            Provider.Dispose();
            connection.Dispose();
        }
    }

    private sealed class Handler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }
}
