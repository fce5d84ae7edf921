using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>What a laptop run needs to know once everything listens.</summary>
internal sealed record LaptopPlan
{
    /// <summary>Where the functions host listens, ending in a slash.</summary>
    public required Uri Functions { get; init; }

    /// <summary>Where functions begin: the host's address and its route prefix, ending in a slash.</summary>
    public required Uri Api { get; init; }

    public required string Key { get; init; }

    public required Uri BigQuery { get; init; }

    public required string Project { get; init; }

    public required string Dataset { get; init; }

    public required string AccessToken { get; init; }

    /// <summary>The simulated helpdesk of this process; null when the app talks to another one.</summary>
    public Uri? Simulator { get; init; }

    /// <summary>Secret that the simulator signs webhooks with; null without simulator.</summary>
    public string? WebhookSecret { get; init; }

    public required string DataDirectory { get; init; }

    public bool HasFirstRun { get; init; }

    /// <summary>Changes the simulator makes; 0 makes none.</summary>
    public double ChangesPerSecond { get; init; }

    /// <summary>Reads the plan from the settings in force and the addresses that came to be.</summary>
    public static LaptopPlan Read(IServiceProvider services, Uri? simulator, string? webhookSecret)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var settings = services.GetRequiredService<LocalHostSettings>();
        var functions = services.GetRequiredService<HostPhase>().BaseAddress!;
        var prefix = services.GetRequiredService<HostJson>().RoutePrefix.Trim('/');
        return new LaptopPlan
        {
            Functions = functions,
            Api = prefix.Length == 0 ? functions : new Uri(functions, prefix + "/"),
            Key = settings.Key,
            BigQuery = new Uri(configuration["BigQuery:BaseAddress"]!),
            Project = configuration["BigQuery:ProjectId"]!,
            Dataset = configuration["BigQuery:Dataset"]!,
            AccessToken = configuration["Google:AccessToken"] ?? string.Empty,
            Simulator = simulator,
            WebhookSecret = webhookSecret,
            DataDirectory = settings.DataDirectory,
            HasFirstRun = configuration.GetValue("LocalCloud:FirstRun", false),
            ChangesPerSecond = configuration.GetValue("LocalCloud:Changes:PerSecond", 0.0),
        };
    }
}
