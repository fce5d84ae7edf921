using Google.Apis.Auth.OAuth2;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.LocalCloud.BigQuery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>The app's write path over a local BigQuery of its own.</summary>
internal sealed class WarehouseFixture : IAsyncDisposable
{
    private readonly BigQueryServer _server;
    private readonly IHost _host;

    private WarehouseFixture(BigQueryServer server, IHost host)
    {
        _server = server;
        _host = host;
    }

    public Uri Address => _server.Address;

    public HistoryWriter Writer => _host.Services.GetRequiredService<HistoryWriter>();

    public static async Task<WarehouseFixture> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0 }, cancellationToken);
        return new(server, BuildHost(server, settings));
    }

    /// <summary>Another process's view of the same warehouse: its own writers and its own memory of columns.</summary>
    public WarehouseFixture Other(params (string Key, string Value)[] settings) => new(_server, BuildHost(_server, settings));

    public BigQueryClient Client() => new BigQueryClientBuilder
    {
        ProjectId = "local",
        BaseUri = new Uri(_server.Address, "bigquery/v2/").ToString(),
        GoogleCredential = GoogleCredential.FromAccessToken("local"),
    }.Build();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _server.DisposeAsync();
    }

    private static IHost BuildHost(BigQueryServer server, (string Key, string Value)[] settings)
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
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGoogle().AddBigQuery();
        return builder.Build();
    }
}
