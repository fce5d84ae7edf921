using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.LocalCloud.BigQuery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>The app's write path over a local BigQuery in memory.</summary>
internal sealed class LocalWarehouse : IAsyncDisposable
{
    private readonly IHost _host;

    private LocalWarehouse(BigQueryServer server, IHost host)
    {
        Server = server;
        _host = host;
    }

    public BigQueryServer Server { get; }

    public HistoryWriter Writer => _host.Services.GetRequiredService<HistoryWriter>();

    public static async Task<LocalWarehouse> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0 }, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BigQuery:ProjectId"] = "local",
            ["BigQuery:Dataset"] = "benchmark",
            ["BigQuery:BaseAddress"] = new Uri(server.Address, "bigquery/v2/").ToString(),
            ["Google:AccessToken"] = "local",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGoogle().AddBigQuery();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(server, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Server.DisposeAsync();
    }
}
