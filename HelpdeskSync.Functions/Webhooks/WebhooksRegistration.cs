namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Registers what webhooks need.</summary>
internal static class WebhooksRegistration
{
    /// <summary>Adds the starter of per-record orchestrations.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration("Webhooks");
        return services.AddSingleton<EntitySyncStarter>();
    }
}
