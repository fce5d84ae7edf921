using Azure.Identity;
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
        services.AddOptionsWithValidateOnStart<WarmOptions, WarmOptionsValidator>().BindConfiguration("Warm");
        services.AddSingleton<IValidateOptions<WarmOptions>, WarmRulesValidator>();
        services.AddHttpClient(AlwaysReadySetting.HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(30))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }); // a redirect would carry the token along
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<WarmOptions>>();
            return new AlwaysReadySetting(provider.GetRequiredService<IHttpClientFactory>(), Identity(options.Value), options);
        });
        return services.AddSingleton<ScheduledRuns>().AddSingleton<WarmInstances>();
    }

    private static ManagedIdentityCredential Identity(WarmOptions options) => new ManagedIdentityCredential(
        options.ManagedIdentityClientId is { Length: > 0 } clientId ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned);
}
