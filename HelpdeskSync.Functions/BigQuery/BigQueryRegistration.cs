using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Telemetry;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Registers what writes and asks BigQuery.</summary>
internal static class BigQueryRegistration
{
    /// <summary>Adds the warehouse, the history tables and their writer.</summary>
    public static IServiceCollection AddBigQuery(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BigQueryOptions, BigQueryOptionsValidator>().BindConfiguration("BigQuery");
        services.AddOptionsWithValidateOnStart<HistoryOptions, HistoryOptionsValidator>().BindConfiguration("History");
        return services
            .AddInstruments()
            .AddSingleton<WarehouseClient>()
            .AddSingleton<WarehouseJobs>()
            .AddSingleton<MeasureLog>()
            .AddSingleton<Warehouse>()
            .AddSingleton<SqlNames>()
            .AddSingleton<OwnTables>()
            .AddSingleton<SchemaChanges>()
            .AddSingleton<HistoryTables>()
            .AddSingleton<HistoryColumns>()
            .AddSingleton<SchemaFitter>()
            .AddSingleton<HistoryMerge>()
            .AddSingleton<HistoryStatements>()
            .AddSingleton<HistoryWriter>()
            .AddHostedService(provider => provider.GetRequiredService<HistoryWriter>());
    }
}
