using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>A simulated helpdesk, and instances of the app's helpdesk side that share one storage.</summary>
internal sealed class HelpdeskWorld : IAsyncDisposable
{
    private readonly SimulatorServer _simulator;
    private readonly string _directory = Directory.CreateTempSubdirectory("helpdesksync-").FullName;
    private readonly List<ServiceProvider> _instances = [];
    private readonly HttpClient _control;

    private HelpdeskWorld(SimulatorServer simulator)
    {
        _simulator = simulator;
        _control = new HttpClient { BaseAddress = simulator.Address };
    }

    public Uri Address => _simulator.Address;

    /// <summary>What the requests of all instances violated; see <see cref="VendorContract"/>.</summary>
    public VendorContractHandler Contract { get; } = new();

    public static async Task<HelpdeskWorld> StartAsync(SimulatorOptions options, CancellationToken cancellationToken) =>
        new(await SimulatorServer.StartAsync(options with { Port = 0 }, cancellationToken));

    /// <summary>The storage that all instances share, unless they are given another.</summary>
    public string StorageDirectory => _directory;

    /// <summary>Another instance of the app.</summary>
    public ServiceProvider Instance(params (string Name, string Value)[] settings) => Instance(_ => { }, settings);

    /// <summary>Another instance of the app, with some services replaced.</summary>
    public ServiceProvider Instance(Action<IServiceCollection> replace, params (string Name, string Value)[] settings)
    {
        var services = Services(Address, _directory, settings);
        services.AddHttpClient(HelpdeskHttp.ApiClient).AddHttpMessageHandler(() => Contract.Checker());
        replace(services);
        var instance = services.BuildServiceProvider();
        _instances.Add(instance);
        return instance;
    }

    /// <summary>The helpdesk side of the app.</summary>
    public static IServiceCollection Services(Uri helpdesk, string storage, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Helpdesk:ApiBaseAddress"] = new Uri(helpdesk, "api/v1/").ToString(),
            ["Helpdesk:TokenAddress"] = new Uri(helpdesk, "oauth/v2/token").ToString(),
            ["Helpdesk:OrganizationId"] = "701234567",
            ["Helpdesk:RetryDelay"] = "00:00:00.020",
            ["Storage:Directory"] = storage,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddHelpdesk().AddStorage();
        services.AddOptions<SecretsOptions>().Configure(secrets => secrets.ProjectId = "local");
        services.AddSingleton<ISecrets, SimulatorSecrets>();
        return services;
    }

    public async Task FaultsAsync(object faults, CancellationToken cancellationToken)
    {
        using var answer = await _control.PutAsJsonAsync("_simulator/faults", faults, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public Task ResetRequestsAsync(CancellationToken cancellationToken) => _control.DeleteAsync("_simulator/requests", cancellationToken);

    public Task<JsonElement> RequestsAsync(CancellationToken cancellationToken) => _control.GetFromJsonAsync<JsonElement>("_simulator/requests", cancellationToken);

    /// <summary>Waits until the simulator's count is as it should be.</summary>
    public async Task UntilAsync(Predicate<JsonElement> isSo, CancellationToken cancellationToken)
    {
        for (var deadline = Environment.TickCount64 + 60_000; !isSo(await RequestsAsync(cancellationToken)); await Task.Delay(20, cancellationToken))
        {
            Assert.True(Environment.TickCount64 < deadline, "It did not come to that within a minute.");
        }
    }

    /// <summary>The ids of a table's living records, children with their parents'.</summary>
    public async Task<List<RecordKey>> KeysAsync(string table, CancellationToken cancellationToken)
    {
        var lines = await _control.GetStringAsync($"_simulator/records/{table}?withParent=true", cancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(line => new RecordKey(line.GetProperty("record").GetProperty("id").ToString(), line.GetProperty("parentId").GetString()))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _control.Dispose();
        await _simulator.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class SimulatorSecrets : ISecrets
    {
        private static readonly SimulatorOptions s_options = new();

        public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(name switch
        {
            "helpdesk-oauth-client-id" => s_options.ClientId,
            "helpdesk-oauth-client-secret" => s_options.ClientSecret,
            _ => throw new ArgumentException(name),
        });

        public Task<RefreshToken> GetRefreshTokenAsync(int atLeast, CancellationToken cancellationToken) => Task.FromResult(new RefreshToken(s_options.RefreshToken, 1));

        public Task<RefreshToken> RereadRefreshTokenAsync(int atLeast, CancellationToken cancellationToken) => GetRefreshTokenAsync(atLeast, cancellationToken);

        public async Task<IReadOnlyList<string>> GetNewestAsync(string name, int count, TimeSpan? maxAge, CancellationToken cancellationToken) =>
            [await GetAsync(name, cancellationToken)];

        public async Task<RefreshToken?> GetRefreshTokenVersionAsync(int version, CancellationToken cancellationToken) =>
            version == 1 ? await GetRefreshTokenAsync(1, cancellationToken) : null;

        public Task<RefreshToken> AddRefreshTokenVersionAsync(string value, int replaces, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
