using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Settings of the local host: <c>LocalCloud:DataDirectory</c> and the sections <c>LocalCloud:Functions</c> and <c>LocalCloud:Durable</c>.</summary>
internal sealed record LocalHostSettings
{
    /// <summary>TCP port on 127.0.0.1. Default 7071; 0 picks a free one.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>Key of functions and of the management API. Default "local".</summary>
    public string Key { get; init; } = "local";

    /// <summary>Key that opens everything. Default "local-master".</summary>
    public string MasterKey { get; init; } = "local-master";

    /// <summary>How long running invocations may take to end when the host stops. Default 10 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The Durable Task engine's database.</summary>
    public DurableSettings Durable { get; init; } = new();

    /// <summary>Absolute path of the directory for all local data.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="HostStartException">A value is out of its range or no value of its type.</exception>
    public static LocalHostSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("LocalCloud:Functions");
        try
        {
            var defaults = new LocalHostSettings { DataDirectory = Path.GetFullPath(configuration["LocalCloud:DataDirectory"] ?? ".local") };
            var settings = defaults with
            {
                Port = section.GetValue(nameof(Port), defaults.Port),
                Key = section[nameof(Key)] ?? defaults.Key,
                MasterKey = section[nameof(MasterKey)] ?? defaults.MasterKey,
                StopTimeout = section.GetValue(nameof(StopTimeout), defaults.StopTimeout),
                Durable = DurableSettings.Read(configuration),
            };
            return settings.Faults().Concat(settings.Durable.Faults()).ToList() is { Count: > 0 } faults ? throw HostStartException.ForFaults(faults) : settings;
        }
        catch (InvalidOperationException refused)
        {
            throw new HostStartException($"A setting under LocalCloud has the wrong type: {refused.Message}", refused);
        }
    }

    private IEnumerable<string> Faults()
    {
        if (Port is < 0 or > 65535)
        {
            yield return $"LocalCloud:Functions:Port is {Port}; it must be 0 (any free port) to 65535.";
        }

        if (Key.Length == 0 || MasterKey.Length == 0)
        {
            yield return "LocalCloud:Functions:Key and LocalCloud:Functions:MasterKey must not be empty.";
        }

        if (StopTimeout < TimeSpan.Zero || StopTimeout > TimeSpan.FromHours(1))
        {
            yield return $"LocalCloud:Functions:StopTimeout is {StopTimeout}; it must be between 0 and 1 hour.";
        }
    }
}
