using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>Registers what the app tells of itself, and where that goes.</summary>
internal static class TelemetryRegistration
{
    private const string Section = "Telemetry";
    private const string AzureSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Adds the instruments that other parts count with; safe to call more than once.</summary>
    public static IServiceCollection AddInstruments(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<Instruments>();
        return services;
    }

    /// <summary>Adds the exporters that are configured, for metrics, traces and (to a collector) logs; with none configured, not even OpenTelemetry is started.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<TelemetryOptions>().BindConfiguration(Section).PostConfigure<IConfiguration>(FallBack);
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryRulesValidator>();
        services.AddInstruments().AddSingleton<WaitingDeletes>();
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new();
        FallBack(options, configuration);

        // Exporters are made before the host says what is wrong with its settings, and would say it worse.
        if (new TelemetryRulesValidator().Validate(null, options).Succeeded)
        {
            AddExporters(services, options);
        }

        return services;
    }

    private static void FallBack(TelemetryOptions options, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(options.AzureMonitorConnectionString))
        {
            options.AzureMonitorConnectionString = configuration[AzureSetting];
        }
    }

    private static void AddExporters(IServiceCollection services, TelemetryOptions options)
    {
        var isAzure = !string.IsNullOrEmpty(options.AzureMonitorConnectionString);
        if (options.OtlpEndpoint is null && !isAzure)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("helpdesk-sync"))
            .WithMetrics(metrics => metrics.AddMeter(Instruments.Name))
            .WithTracing(traces => traces.AddSource(Instruments.Name).AddHttpClientInstrumentation());
        if (options.OtlpEndpoint is { } collector)
        {
            telemetry.WithLogging(_ => { }, logs => logs.IncludeFormattedMessage = true);
            telemetry.UseOtlpExporter(OtlpExportProtocol.Grpc, collector);
        }

        // Logs reach Application Insights by the Functions host, to which the worker hands every line: sent from here too, each would stand there twice.
        // Source: https://learn.microsoft.com/azure/azure-functions/opentelemetry-howto (2026-11-25): host and worker send theirs by the host's SDK unless host.json
        // sets telemetryMode. Counters go there as what was added since the last time (the exporter's reader prefers delta), so the alerts may sum them.
        if (isAzure)
        {
            telemetry.WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
                .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure));
        }

        void Configure(AzureMonitorExporterOptions azure) =>
            (azure.ConnectionString, azure.Credential) = (options.AzureMonitorConnectionString, Credential(options));
    }

    private static ManagedIdentityCredential? Credential(TelemetryOptions options) => options.ManagedIdentityClientId is { Length: > 0 } identity
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identity))
        : null;
}
