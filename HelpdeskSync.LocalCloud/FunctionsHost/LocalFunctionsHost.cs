using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost;

/// <summary>A functions host inside the calling process, for tests: chosen functions, chosen settings, free ports.</summary>
public sealed class LocalFunctionsHost : IAsyncDisposable
{
    private readonly IHost host;
    private bool isStopped;

    private LocalFunctionsHost(IHost host) => this.host = host;

    /// <summary>Where the host listens, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress => Services.GetRequiredService<HostPhase>().BaseAddress!;

    /// <summary>The key of functions and of the management API.</summary>
    public string Key => Services.GetRequiredService<FunctionKeys>().Key;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>A client of the app's task hub.</summary>
    public DurableTaskClient DurableClient => Services.GetRequiredService<DurableTaskEngine>().Client;

    /// <summary>Starts a host.</summary>
    /// <exception cref="Discovery.HostStartException">The functions or the settings are faulty, or the port is taken.</exception>
    public static async Task<LocalFunctionsHost> StartAsync(LocalFunctionsHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LocalCloud:DataDirectory"] = options.DataDirectory,
            ["LocalCloud:Functions:Port"] = "0",
            ["LocalCloud:BigQuery:Start"] = "false",
            ["LocalCloud:BigQuery:Port"] = "0",
            ["LocalCloud:Simulator:Start"] = "false",
            ["LocalCloud:Simulator:Port"] = "0",
            ["LocalCloud:FirstRun"] = "false",
            ["LocalCloud:Changes:PerSecond"] = "0",
        };
        foreach (var (key, value) in options.Settings)
        {
            settings[key] = value;
        }

        var builder = new FunctionsApplicationBuilder(new HostSetup
        {
            ContentRoot = options.ContentRoot ?? AppContext.BaseDirectory,
            FunctionTypes = () => options.FunctionTypes,
            Settings = settings,
            Output = options.Output,
        });
        builder.Logging.ClearProviders();
        options.Configure?.Invoke(builder);
        var host = new LocalFunctionsHost(builder.ConfigureFunctionsWebApplication().Build());
        try
        {
            await host.host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of this host; it sends the function key unless told not to. The caller disposes it.</summary>
    public HttpClient CreateClient(bool withKey = true)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = BaseAddress };
        if (withKey)
        {
            client.DefaultRequestHeaders.Add(FunctionKeys.Header, Key);
        }

        return client;
    }

    /// <summary>Stops as a host does at SIGTERM: running invocations end first, within LocalCloud:Functions:StopTimeout.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        isStopped = true;
        return host.StopAsync(cancellationToken);
    }

    /// <summary>Stops, if that has not been done, and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!isStopped)
        {
            await StopAsync();
        }

        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
