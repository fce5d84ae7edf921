using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>What the local host takes from host.json; settings under <c>AzureFunctionsJobHost</c> lie above the file, as on Azure.</summary>
internal sealed record HostJson
{
    /// <summary>First part of every function's address. Default "api"; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    public string HubName { get; init; } = "TestHubName";

    /// <summary>Activities that run at one time. Default 10 a processor.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrators that take a turn at one time. Default 10 a processor.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Reads <c>host.json</c> in the directory; defaults where there is none.</summary>
    /// <exception cref="HostStartException">The file is not JSON, or a number in it is none.</exception>
    public static HostJson Read(string directory, IConfiguration settings)
    {
        var path = Path.Combine(directory, "host.json");
        try
        {
            var file = new ConfigurationBuilder()
                .AddJsonFile(path, optional: true, reloadOnChange: false)
                .AddConfiguration(settings.GetSection("AzureFunctionsJobHost"))
                .Build();
            var defaults = new HostJson();
            var durable = file.GetSection("extensions:durableTask");
            return new HostJson
            {
                RoutePrefix = file["extensions:http:routePrefix"] ?? defaults.RoutePrefix,
                HubName = durable["hubName"] ?? defaults.HubName,
                MaxConcurrentActivities = durable.GetValue("maxConcurrentActivityFunctions", defaults.MaxConcurrentActivities),
                MaxConcurrentOrchestrators = durable.GetValue("maxConcurrentOrchestratorFunctions", defaults.MaxConcurrentOrchestrators),
            };
        }
        catch (Exception refused) when (refused is InvalidDataException or InvalidOperationException)
        {
            throw new HostStartException($"{path} cannot be read: {refused.Message} {refused.InnerException?.Message}".TrimEnd(), refused);
        }
    }
}
