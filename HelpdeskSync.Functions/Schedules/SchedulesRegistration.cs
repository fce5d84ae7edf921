using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Registers the schedules.</summary>
internal static class SchedulesRegistration
{
    /// <summary>Adds what the tick starts.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ScheduleOptions, ScheduleOptionsValidator>().BindConfiguration("Schedules");
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleTextsValidator>();
        return services.AddSingleton<ScheduledRuns>();
    }
}
