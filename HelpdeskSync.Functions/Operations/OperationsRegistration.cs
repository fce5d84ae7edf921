using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Operations.Health;
using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Operations.Monitor;
using HelpdeskSync.Functions.Operations.Status;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Registers what operators look at.</summary>
internal static class OperationsRegistration
{
    /// <summary>Adds measures, status, health and the monitor page.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperationsOptions, OperationsOptionsValidator>().BindConfiguration("Operations");
        services.AddHttpClient(HelpdeskHttp.ApiClient).AddHttpMessageHandler<CallCounter>();
        services.AddHostedService<MeasureWriter>();
        return services
            .AddTransient<CallCounter>()
            .AddSingleton<MeasureTable>()
            .AddSingleton<WarehouseStatus>()
            .AddSingleton<Orchestrations>()
            .AddSingleton<StatusReader>()
            .AddSingleton<IHelpdeskToken, HelpdeskToken>()
            .AddSingleton<HealthChecks>()
            .AddSingleton<MonitorPage>();
    }
}
