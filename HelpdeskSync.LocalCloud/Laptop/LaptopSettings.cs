using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>What runs beside the app on a laptop: sections <c>LocalCloud:BigQuery</c>, <c>LocalCloud:Simulator</c>, <c>LocalCloud:Changes</c>.</summary>
/// <remarks>Their defaults stand in <see cref="LaptopDefaults"/>, as other settings follow from them.</remarks>
internal sealed record LaptopSettings
{
    public bool StartsBigQuery { get; init; }

    public int BigQueryPort { get; init; }

    public bool StartsSimulator { get; init; }

    public int SimulatorPort { get; init; }

    /// <summary>How many tickets the simulated helpdesk begins with.</summary>
    public int Tickets { get; init; }

    /// <summary>The same seed makes the same helpdesk.</summary>
    public long Seed { get; init; }

    /// <summary>Whether an empty dataset is filled at the start.</summary>
    public bool HasFirstRun { get; init; }

    /// <summary>Changes that the simulated helpdesk makes; 0 makes none.</summary>
    public double ChangesPerSecond { get; init; }

    /// <summary>Reads the settings; what is wrong with them is added to the reader's faults.</summary>
    public static LaptopSettings Read(SettingReader settings) => new()
    {
        StartsBigQuery = settings.Flag("LocalCloud:BigQuery:Start", true),
        BigQueryPort = settings.Port("LocalCloud:BigQuery:Port", 0),
        StartsSimulator = settings.Flag("LocalCloud:Simulator:Start", true),
        SimulatorPort = settings.Port("LocalCloud:Simulator:Port", 0),
        Tickets = settings.Value("LocalCloud:Simulator:Tickets", 0, tickets => tickets is >= 0 and <= 10_000_000, "a number from 0 to 10000000"),
        Seed = settings.Value("LocalCloud:Simulator:Seed", 1L, _ => true, "a whole number"),
        HasFirstRun = settings.Flag("LocalCloud:FirstRun", false),
        ChangesPerSecond = settings.Value("LocalCloud:Changes:PerSecond", 0.0, rate => rate is >= 0 and <= 10_000, "a number from 0 to 10000"),
    };
}
