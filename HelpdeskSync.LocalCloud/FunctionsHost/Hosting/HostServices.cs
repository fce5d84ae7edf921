using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.Durable;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using HelpdeskSync.LocalCloud.FunctionsHost.Management;
using HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>The host's own services in the app's container.</summary>
internal static class HostServices
{
    /// <summary>The worker's default serializer.</summary>
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static void Add(IServiceCollection services, HostSetup setup, bool hasWebApplication)
    {
        services.AddSingleton<HostPhase>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<DurableFunctions>();
        services.AddSingleton<DurableClients>();
        services.AddSingleton<ManagementEndpoints>();
        services.AddSingleton(provider => new TimerSchedules(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new FunctionRoutes(provider.GetRequiredService<HostJson>().RoutePrefix));
        services.AddSingleton(provider => new ParameterBinders(Json, provider.GetRequiredService<HostJson>().HubName));
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<LocalHostSettings>();
            return new FunctionKeys(settings.Key, settings.MasterKey);
        });
        services.AddSingleton(provider => new FunctionFinder(new FunctionRules(
            provider.GetRequiredService<FunctionRoutes>(),
            provider.GetRequiredService<TimerSchedules>(),
            provider.GetRequiredService<ParameterBinders>(),
            hasWebApplication)).Find(setup.FunctionTypes()));
        services.AddSingleton(MakeEngine);
        services.AddSingleton<FunctionsRuntime>();
        services.AddHostedService(provider => provider.GetRequiredService<FunctionsRuntime>());
    }

    private static DurableTaskEngine MakeEngine(IServiceProvider provider)
    {
        var hostJson = provider.GetRequiredService<HostJson>();
        var settings = provider.GetRequiredService<LocalHostSettings>();
        var directory = Directory.CreateDirectory(Path.Combine(settings.DataDirectory, "durable"));
        var options = settings.Durable.ApplyTo(new DurableTaskEngineOptions
        {
            DatabasePath = Path.Combine(directory.FullName, hostJson.HubName + ".db"),
            TaskHubName = hostJson.HubName,
            MaxConcurrentActivities = hostJson.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = hostJson.MaxConcurrentOrchestrators,
            SerializerOptions = Json,
        });
        var engine = new DurableTaskEngine(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        provider.GetRequiredService<DurableFunctions>().Register(provider.GetRequiredService<FunctionCatalog>(), engine);
        return engine;
    }
}
