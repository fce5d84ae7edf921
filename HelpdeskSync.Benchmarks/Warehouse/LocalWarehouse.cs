using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>The app's write path in this process, over a local BigQuery in another.</summary>
internal sealed class LocalWarehouse : IAsyncDisposable
{
    private readonly IHost _host;

    private LocalWarehouse(EmulatorProcess emulator, IHost host)
    {
        Emulator = emulator;
        _host = host;
    }

    public EmulatorProcess Emulator { get; }

    public HistoryWriter Writer => _host.Services.GetRequiredService<HistoryWriter>();

    public static async Task<LocalWarehouse> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var emulator = await EmulatorProcess.StartAsync(cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BigQuery:ProjectId"] = "local",
            ["BigQuery:Dataset"] = "benchmark",
            ["BigQuery:BaseAddress"] = new Uri(emulator.Address, "bigquery/v2/").ToString(),
            ["Google:AccessToken"] = "local",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGoogle().AddBigQuery();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(emulator, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Emulator.DisposeAsync();
    }
}
