using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Where settings come from, lowest first.</summary>
internal static class HostConfiguration
{
    /// <summary>The name of the environment: <c>DOTNET_ENVIRONMENT</c>, else <c>AZURE_FUNCTIONS_ENVIRONMENT</c>, else Development as under <c>func start</c>.</summary>
    public static string EnvironmentName(HostSetup setup)
    {
        var variables = new ConfigurationBuilder();
        if (setup.OwnsProcess)
        {
            variables.AddEnvironmentVariables();
        }

        var read = variables.Build();
        return read["DOTNET_ENVIRONMENT"] ?? read["AZURE_FUNCTIONS_ENVIRONMENT"] ?? "Development";
    }

    /// <summary>Adds the sources: files beside the app, files where it was started, environment variables, command line, the setup's own.</summary>
    public static void AddSources(IConfigurationBuilder configuration, HostSetup setup, string environment)
    {
        if (setup.OwnsProcess)
        {
            foreach (var directory in new[] { setup.ContentRoot, Directory.GetCurrentDirectory() }.Select(Path.GetFullPath).Distinct())
            {
                configuration
                    .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true, reloadOnChange: false)
                    .AddJsonFile(Path.Combine(directory, $"appsettings.{environment}.json"), optional: true, reloadOnChange: false)
                    .AddInMemoryCollection(LocalSettings(Path.Combine(directory, "local.settings.json")));
            }

            configuration.AddEnvironmentVariables();
        }

        configuration.AddCommandLine(setup.Args).AddInMemoryCollection(setup.Settings);
    }

    /// <summary>The "Values" of the file that <c>func start</c> reads; its names are those of environment variables.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string path) =>
        new ConfigurationBuilder().AddJsonFile(path, optional: true, reloadOnChange: false).Build()
            .GetSection("Values").AsEnumerable(makePathsRelative: true)
            .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value));
}
