using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Registers what webhooks need.</summary>
internal static class WebhooksRegistration
{
    /// <summary>Adds what verifies deliveries and starts per-record orchestrations (needs <c>AddSecrets()</c> and <c>AddHelpdesk()</c>).</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration("Webhooks");
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookRulesValidator>();
        services.AddInstruments();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<WebhookToken>();
        services.AddSingleton<WebhookVerifier>();

        // The delivery waits meanwhile, and the helpdesk no longer than five seconds.
        services.AddHttpClient(SigningKeys.KeysClient, client => (client.Timeout, client.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(2), 256 * 1024))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        return services.AddSingleton<EntitySyncStarter>();
    }
}
