using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>Settings of a run on a laptop, below everything that the user sets; the app itself knows none of them.</summary>
/// <remarks>Addresses and paths follow the ports and the data directory in force, whoever set them.</remarks>
internal sealed class LaptopDefaults : ConfigurationProvider, IConfigurationSource
{
    private const string Loopback = "http://127.0.0.1:";

    public LaptopDefaults() => Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["LocalCloud:DataDirectory"] = ".local",
        ["LocalCloud:Functions:Port"] = "7071",
        ["LocalCloud:BigQuery:Start"] = "true",
        ["LocalCloud:BigQuery:Port"] = "9050",
        ["LocalCloud:Simulator:Start"] = "true",
        ["LocalCloud:Simulator:Port"] = "7080",
        ["LocalCloud:Simulator:Tickets"] = "2000",
        ["LocalCloud:Simulator:Seed"] = "1",
        ["LocalCloud:FirstRun"] = "true",
        ["LocalCloud:Changes:PerSecond"] = "1",
        ["Helpdesk:OrganizationId"] = "701234567",
        // The simulated helpdesk's search shows a change at once.
        ["Sync:IndexLag"] = "00:00:00",
        ["BigQuery:ProjectId"] = "local",
        ["BigQuery:Dataset"] = "helpdesk_sync",
        ["Google:AccessToken"] = "local",
        ["Secrets:ProjectId"] = "local",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    /// <summary>Computes what depends on other settings, from the values in force.</summary>
    public void Follow(IConfiguration settings)
    {
        var data = Path.GetFullPath(settings["LocalCloud:DataDirectory"]!);
        Set("Secrets:Endpoint", new Uri(Path.Combine(data, "secrets")).AbsoluteUri);
        Set("Storage:Directory", Path.Combine(data, "storage"));
        SetBigQuery(Loopback + settings["LocalCloud:BigQuery:Port"]);
        SetSimulator(Loopback + settings["LocalCloud:Simulator:Port"]);
    }

    /// <summary>Points the app at the local BigQuery.</summary>
    public void SetBigQuery(string address) => Set("BigQuery:BaseAddress", address.TrimEnd('/') + "/bigquery/v2/");

    /// <summary>Points the app at the simulated helpdesk.</summary>
    public void SetSimulator(string address)
    {
        Set("Helpdesk:ApiBaseAddress", address.TrimEnd('/') + "/api/v1/");
        Set("Helpdesk:TokenAddress", address.TrimEnd('/') + "/oauth/v2/token");
    }

    /// <summary>Lets those who watch the settings read them again.</summary>
    public void Announce() => OnReload();

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"the laptop's defaults ({Data.Count} settings)");
}
