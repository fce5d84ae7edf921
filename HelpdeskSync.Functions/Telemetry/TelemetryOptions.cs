using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>Where metrics, traces and logs go. Nothing set: nowhere, at no cost. Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>An OpenTelemetry collector that takes OTLP over gRPC: <c>http://localhost:4317</c>.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Connection string of Application Insights. Default: the setting <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>.</summary>
    public string? AzureMonitorConnectionString { get; set; }

    /// <summary>User-assigned identity that publishes to Application Insights; without one the connection string alone must do.</summary>
    public string? ManagedIdentityClientId { get; set; }
}

/// <summary>The rules that attributes cannot state.</summary>
internal sealed class TelemetryRulesValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> faults = [];
        if (options.OtlpEndpoint is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https" }))
        {
            faults.Add("Telemetry: OtlpEndpoint must be an absolute http or https address, such as http://localhost:4317.");
        }

        if (options.AzureMonitorConnectionString is { Length: > 0 } text && !HasKey(text))
        {
            faults.Add("Telemetry: AzureMonitorConnectionString holds no InstrumentationKey=(a GUID). Copy it from the Application Insights resource's overview.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool HasKey(string connectionString) => connectionString.Split(';', StringSplitOptions.TrimEntries).Any(part =>
        part.StartsWith("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) && Guid.TryParse(part["InstrumentationKey=".Length..], out _));
}
