using Google.Apis.Auth.OAuth2;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>The app's write path over a local BigQuery of its own.</summary>
internal sealed class WarehouseFixture : IAsyncDisposable
{
    private readonly bool _ownsServer;
    private readonly IHost _host;

    private WarehouseFixture(BigQueryServer server, IHost host, LeapingClock clock, bool ownsServer)
    {
        Server = server;
        Clock = clock;
        _host = host;
        _ownsServer = ownsServer;
    }

    public BigQueryServer Server { get; }

    /// <summary>The clock of app and server: what the app waits for takes no time.</summary>
    public LeapingClock Clock { get; }

    public HistoryWriter Writer => Service<HistoryWriter>();

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<WarehouseFixture> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var clock = new LeapingClock(TimeProvider.System.GetUtcNow());
        var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0, Time = clock }, cancellationToken);
        return await StartAsync(server, clock, ownsServer: true, settings, cancellationToken);
    }

    /// <summary>Another process's view of the same warehouse: its own writers and its own memory of columns.</summary>
    public Task<WarehouseFixture> OtherAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings) =>
        StartAsync(Server, Clock, ownsServer: false, settings, cancellationToken);

    public BigQueryClient Client() => new BigQueryClientBuilder
    {
        ProjectId = "local",
        BaseUri = new Uri(Server.Address, "bigquery/v2/").ToString(),
        GoogleCredential = GoogleCredential.FromAccessToken("local"),
    }.Build();

    /// <summary>The rows of a query.</summary>
    public async Task<List<BigQueryRow>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        using var client = Client();
        var results = await client.ExecuteQueryAsync(sql, [], cancellationToken: cancellationToken);
        var rows = new List<BigQueryRow>();
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Runs a statement as somebody else than the app would.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        using var client = Client();
        await client.ExecuteQueryAsync(sql, [], cancellationToken: cancellationToken);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_ownsServer)
        {
            await Server.DisposeAsync();
        }
    }

    private static async Task<WarehouseFixture> StartAsync(
        BigQueryServer server, LeapingClock clock, bool ownsServer, (string Key, string Value)[] settings, CancellationToken cancellationToken)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BigQuery:ProjectId"] = "local",
            ["BigQuery:Dataset"] = "test",
            ["BigQuery:BaseAddress"] = new Uri(server.Address, "bigquery/v2/").ToString(),
            ["Google:AccessToken"] = "local",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddGoogle().AddBigQuery();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(server, host, clock, ownsServer);
    }
}
