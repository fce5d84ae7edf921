using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Registers what runs need besides the outside systems.</summary>
internal static class TablesRegistration
{
    /// <summary>Adds run state, staging and the starter of runs.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SyncOptions, SyncOptionsValidator>().BindConfiguration("Sync");
        return services
            .AddSingleton<SyncState>()
            .AddSingleton<RunLog>()
            .AddSingleton<SyncFailures>()
            .AddSingleton<ParentLookup>()
            .AddSingleton<RecordFetcher>()
            .AddSingleton<ListingStage>()
            .AddSingleton<RunStarter>();
    }
}
