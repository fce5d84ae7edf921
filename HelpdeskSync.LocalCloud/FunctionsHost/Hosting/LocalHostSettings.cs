namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Settings of the local host: <c>LocalCloud:DataDirectory</c> and the section <c>LocalCloud:Functions</c>.</summary>
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

    /// <summary>Absolute path of the directory for all local data.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Reads the settings; what is wrong with them is added to the faults, and has its default here.</summary>
    public static LocalHostSettings Read(SettingReader settings)
    {
        var defaults = new LocalHostSettings { DataDirectory = Path.GetFullPath(settings.Text("LocalCloud:DataDirectory", ".local")) };
        return defaults with
        {
            Port = settings.Port("LocalCloud:Functions:Port", defaults.Port),
            Key = settings.Text("LocalCloud:Functions:Key", defaults.Key),
            MasterKey = settings.Text("LocalCloud:Functions:MasterKey", defaults.MasterKey),
            StopTimeout = settings.Value(
                "LocalCloud:Functions:StopTimeout", defaults.StopTimeout, time => time >= TimeSpan.Zero && time <= TimeSpan.FromHours(1), "a time between 00:00:00 and 01:00:00"),
        };
    }
}
