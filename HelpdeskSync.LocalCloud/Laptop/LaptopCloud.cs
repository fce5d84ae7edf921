using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>The emulators that run in the app's process, and what accompanies the app once it listens.</summary>
internal sealed class LaptopCloud(LaptopSettings settings, string dataDirectory, LaptopDefaults defaults) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> running = [];
    private readonly CancellationTokenSource leaving = new();
    private Uri? simulator;
    private string? webhookSecret;
    private Task tour = Task.CompletedTask;

    /// <summary>Starts what the settings ask for and lets the app's default addresses follow the ports that came to be.</summary>
    /// <exception cref="HostStartException">A port is taken, or data cannot be used. What was started ends with the disposal.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.StartsBigQuery)
        {
            await StartBigQueryAsync(cancellationToken);
        }

        if (settings.StartsSimulator)
        {
            await StartSimulatorAsync(cancellationToken);
        }

        defaults.Announce();
    }

    /// <summary>Says where everything is, then fills an empty dataset and lets the helpdesk live, in the background.</summary>
    public void Accompany(IServiceProvider services, TextWriter output)
    {
        var plan = LaptopPlan.Read(services, settings, simulator, webhookSecret);
        tour = LaptopTour.RunAsync(plan, services.GetRequiredService<TimeProvider>(), output, leaving.Token);
    }

    /// <summary>Ends what goes on in the background; the emulators stay until disposal, as the app needs them to stop.</summary>
    public async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        await tour;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        leaving.Dispose();
        foreach (var one in Enumerable.Reverse(running))
        {
            await one.DisposeAsync();
        }
    }

    private async Task StartBigQueryAsync(CancellationToken cancellationToken)
    {
        var directory = Path.Combine(dataDirectory, "bigquery");
        var server = await GuardedAsync(
            "The local BigQuery",
            settings.BigQueryPort,
            "LocalCloud:BigQuery:Port",
            directory,
            () => BigQueryServer.StartAsync(new BigQueryServerOptions { Port = settings.BigQueryPort, DataDirectory = directory }, cancellationToken));
        running.Add(server);
        defaults.SetBigQuery(server.Address.ToString());
    }

    private async Task StartSimulatorAsync(CancellationToken cancellationToken)
    {
        var options = new SimulatorOptions
        {
            Port = settings.SimulatorPort,
            Tickets = settings.Tickets,
            Seed = settings.Seed,
            DataDirectory = Path.Combine(dataDirectory, "simulator"),
        };
        var server = await GuardedAsync(
            "The simulated helpdesk", options.Port, "LocalCloud:Simulator:Port", options.DataDirectory, () => SimulatorServer.StartAsync(options, cancellationToken));
        running.Add(server);
        simulator = server.Address;
        defaults.SetSimulator(server.Address.ToString());
        var secrets = Path.Combine(dataDirectory, "secrets");
        try
        {
            webhookSecret = await LaptopSecrets.SeedAsync(secrets, options, cancellationToken);
        }
        catch (Exception refused) when (DataFault.IsCauseOf(refused))
        {
            throw DataFault.Exception("The local secret manager", secrets, refused);
        }
    }

    private static async Task<T> GuardedAsync<T>(string who, int port, string portSetting, string directory, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (IOException refused) when (PortTaken.IsCauseOf(refused))
        {
            throw PortTaken.Exception(who, port, portSetting, refused);
        }
        catch (Exception refused) when (DataFault.IsCauseOf(refused))
        {
            throw DataFault.Exception(who, directory, refused);
        }
    }
}
