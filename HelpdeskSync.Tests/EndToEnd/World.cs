using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>One world at a time: each is a whole system, and the machine has two cores.</summary>
[CollectionDefinition("End to end", DisableParallelization = true)]
public sealed class EndToEndDefinition;

/// <summary>A simulated helpdesk and a local BigQuery in this process, and the app as a process that talks to them.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly SimulatorServer _simulator;
    private readonly BigQueryServer _warehouse;
    private readonly string _directory;

    private World(SimulatorServer simulator, BigQueryServer warehouse, string directory, string[] settings)
    {
        _simulator = simulator;
        _warehouse = warehouse;
        _directory = directory;
        Simulator = new HttpClient { BaseAddress = simulator.Address };
        App = new AppProcess(simulator.Address, warehouse.Address, directory, settings);
        Http = new HttpClient { BaseAddress = App.Address, Timeout = TimeSpan.FromMinutes(2) };
        Http.DefaultRequestHeaders.Add("x-functions-key", "local");
    }

    public HttpClient Simulator { get; }

    /// <summary>Where the app keeps everything: durable store, storage, secrets; and the warehouse.</summary>
    public string DataDirectory => _directory;

    public AppProcess App { get; }

    /// <summary>How badly BigQuery behaves.</summary>
    public FaultInjector WarehouseFaults => _warehouse.Faults;

    /// <summary>What BigQuery has been asked.</summary>
    public BigQueryActivity WarehouseActivity => _warehouse.Activity;

    public HttpClient Http { get; }

    public static async Task<World> StartAsync(SimulatorOptions simulator, CancellationToken cancellationToken, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesksync-").FullName;
        await SeedAsync(Path.Combine(directory, "secrets"), simulator, cancellationToken);
        var world = new World(
            await SimulatorServer.StartAsync(simulator with { Port = 0 }, cancellationToken),
            await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0, DataDirectory = Path.Combine(directory, "bigquery") }, cancellationToken),
            directory,
            settings);
        await world.App.StartAsync(cancellationToken);
        return world;
    }

    private static async Task SeedAsync(string directory, SimulatorOptions simulator, CancellationToken cancellationToken)
    {
        var store = new LocalSecretStore(directory, TimeProvider.System);
        await store.EnsureSecretAsync("local", "helpdesk-oauth-client-id", simulator.ClientId, cancellationToken);
        await store.EnsureSecretAsync("local", "helpdesk-oauth-client-secret", simulator.ClientSecret, cancellationToken);
        await store.EnsureSecretAsync("local", "helpdesk-oauth-refresh-token", simulator.RefreshToken, cancellationToken);
        await store.EnsureSecretAsync("local", "helpdesk-webhook-secret", WebhookSecret, cancellationToken);
    }

    /// <summary>A second process of the app on the same data, not started.</summary>
    public AppProcess SecondApp() => new(new Uri(Simulator.BaseAddress!, "/"), _warehouse.Address, _directory);

    public BigQueryClient BigQuery() => new BigQueryClientBuilder
    {
        ProjectId = "local",
        BaseUri = new Uri(_warehouse.Address, "bigquery/v2/").ToString(),
        GoogleCredential = GoogleCredential.FromAccessToken("local"),
    }.Build();

    public Truth Truth() => new(Simulator, BigQuery());

    /// <summary>Starts a run and returns its status URL.</summary>
    public async Task<Uri> StartRunAsync(string query, CancellationToken cancellationToken)
    {
        using var answer = await Http.PostAsync(new Uri($"api/sync?{query}", UriKind.Relative), null, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, body + App.Output);
        return new Uri(JsonDocument.Parse(body).RootElement.GetProperty("statusQueryGetUri").GetString()!);
    }

    /// <summary>Waits until a run has ended and returns its status document. Connection errors are waited out: the app may be restarting.</summary>
    public async Task<JsonElement> EndOfAsync(Uri status, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(status, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).Clone();
                }

                Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{status} answered {answer.StatusCode}\n{App.Output}");
            }
            catch (HttpRequestException)
            {
                // the app is down
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    /// <summary>Runs to the end and asserts that it completed.</summary>
    public async Task<JsonElement> RunAsync(string query, CancellationToken cancellationToken)
    {
        var ended = await EndOfAsync(await StartRunAsync(query, cancellationToken), cancellationToken);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended + App.Output);
        return ended;
    }

    /// <summary>Delivers a webhook, signed.</summary>
    public Task<HttpResponseMessage> WebhookAsync(string body, CancellationToken cancellationToken, string? signature = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/webhook", UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Webhook-Signature", signature ?? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), bytes)));
        return Http.SendAsync(request, cancellationToken);
    }

    public const string WebhookSecret = "local-webhook-secret";

    /// <summary>Waits until a condition over the warehouse holds.</summary>
    public async Task UntilAsync(Func<BigQueryClient, Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        using var client = BigQuery();
        for (var deadline = Environment.TickCount64 + 60_000; Environment.TickCount64 < deadline; await Task.Delay(200, cancellationToken))
        {
            if (await condition(client))
            {
                return;
            }
        }

        Assert.Fail($"{what} did not happen within a minute.\n{App.Output}");
    }

    /// <summary>Waits until no webhook is on its way any more.</summary>
    public async Task DeliveredAsync(CancellationToken cancellationToken)
    {
        while ((await Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", cancellationToken)).GetProperty("webhooks").GetProperty("pending").GetInt64() > 0)
        {
            await Task.Delay(200, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Http.Dispose();
        Simulator.Dispose();
        await _simulator.DisposeAsync();
        await _warehouse.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
