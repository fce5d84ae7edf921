using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>The emulators that run in the app's process, and what accompanies the app once it listens.</summary>
internal sealed class LaptopCloud : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> running = [];
    private readonly CancellationTokenSource leaving = new();
    private Uri? simulator;
    private string? webhookSecret;
    private Task tour = Task.CompletedTask;

    private LaptopCloud()
    {
    }

    /// <summary>Starts what the settings ask for and lets the app's default addresses follow the ports that came to be.</summary>
    /// <exception cref="FunctionsHost.Discovery.HostStartException">A port is taken.</exception>
    public static LaptopCloud Start(IConfiguration configuration, LaptopDefaults defaults, LocalHostSettings settings)
    {
        // The host's Build is synchronous; it waits here once, before anything of the app runs.
        return StartAsync(configuration, defaults, settings.DataDirectory).GetAwaiter().GetResult();
    }

    /// <summary>Says where everything is, then fills an empty dataset and lets the helpdesk live, in the background.</summary>
    public void Accompany(IServiceProvider services, TextWriter output)
    {
        var plan = LaptopPlan.Read(services, simulator, webhookSecret);
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

    private static async Task<LaptopCloud> StartAsync(IConfiguration configuration, LaptopDefaults defaults, string dataDirectory)
    {
        defaults.Follow(configuration);
        var cloud = new LaptopCloud();
        try
        {
            if (configuration.GetValue("LocalCloud:BigQuery:Start", true))
            {
                await cloud.StartBigQueryAsync(configuration, defaults, Path.Combine(dataDirectory, "bigquery"));
            }

            if (configuration.GetValue("LocalCloud:Simulator:Start", true))
            {
                await cloud.StartSimulatorAsync(configuration, defaults, dataDirectory);
            }

            defaults.Announce();
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    private async Task StartBigQueryAsync(IConfiguration configuration, LaptopDefaults defaults, string directory)
    {
        const string Setting = "LocalCloud:BigQuery:Port";
        var port = configuration.GetValue(Setting, 0);
        try
        {
            var server = await BigQueryServer.StartAsync(
                new BigQueryServerOptions { Port = port, DataDirectory = directory }, CancellationToken.None);
            running.Add(server);
            defaults.SetBigQuery(server.Address.ToString());
        }
        catch (IOException refused) when (PortTaken.IsCauseOf(refused))
        {
            throw PortTaken.Exception("The local BigQuery", port, Setting, refused);
        }
    }

    private async Task StartSimulatorAsync(IConfiguration configuration, LaptopDefaults defaults, string dataDirectory)
    {
        const string Setting = "LocalCloud:Simulator:Port";
        var options = new SimulatorOptions
        {
            Port = configuration.GetValue(Setting, 0),
            Tickets = configuration.GetValue("LocalCloud:Simulator:Tickets", 0),
            Seed = configuration.GetValue("LocalCloud:Simulator:Seed", 1L),
            DataDirectory = Path.Combine(dataDirectory, "simulator"),
        };
        try
        {
            var server = await SimulatorServer.StartAsync(options, CancellationToken.None);
            running.Add(server);
            simulator = server.Address;
            defaults.SetSimulator(server.Address.ToString());
        }
        catch (IOException refused) when (PortTaken.IsCauseOf(refused))
        {
            throw PortTaken.Exception("The simulated helpdesk", options.Port, Setting, refused);
        }

        webhookSecret = await LaptopSecrets.SeedAsync(Path.Combine(dataDirectory, "secrets"), options, CancellationToken.None);
    }
}
