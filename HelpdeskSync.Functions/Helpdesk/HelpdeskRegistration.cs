using System.Net;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The helpdesk, for dependency injection.</summary>
public static class HelpdeskRegistration
{
    /// <summary>
    /// Adds <see cref="IHelpdeskClient"/> and <see cref="Connector"/> over section <c>Helpdesk</c> (needs <c>AddSecrets()</c> and
    /// <c>AddStorage()</c>); wrong settings stop the host.
    /// </summary>
    public static IServiceCollection AddHelpdesk(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<HelpdeskOptions, HelpdeskOptionsValidator>().BindConfiguration("Helpdesk");
        services.AddSingleton<IValidateOptions<HelpdeskOptions>, HelpdeskRulesValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddInstruments();
        services.AddSingleton(provider => ConnectorFile.Read(Options(provider)));
        services.AddSingleton<CallBudget>();
        services.AddSingleton<CreditWatch>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<AccessTokenStore>();
        services.AddSingleton<AccessTokenProvider>();
        services.AddSingleton<HelpdeskHttp>();
        services.AddSingleton<IHelpdeskClient, HelpdeskClient>();
        AddHttp(services);
        return services;
    }

    /// <summary>From the outside in: the attempts, each one's turn, the whole answer, the wire.</summary>
    private static void AddHttp(IServiceCollection services)
    {
        var api = services.AddHttpClient(HelpdeskHttp.ApiClient, client => client.Timeout = Timeout.InfiniteTimeSpan);
        api.AddResilienceHandler("helpdesk", (pipeline, context) => HelpdeskResilience.Configure(
            pipeline, Options(context.ServiceProvider), context.ServiceProvider.GetRequiredService<TimeProvider>()));
        api.AddHttpMessageHandler(provider => new AttemptHandler(
            provider.GetRequiredService<CallBudget>(), provider.GetRequiredService<CreditWatch>(), provider.GetRequiredService<Instruments>()));
        api.AddHttpMessageHandler(provider => new WholeAnswerHandler(provider.GetRequiredService<TimeProvider>()));
        api.ConfigurePrimaryHttpMessageHandler(Wire);

        services.AddHttpClient(TokenEndpoint.TokenClient, (provider, client) => client.Timeout = TokenEndpoint.TimeoutOf(Options(provider)))
            .ConfigurePrimaryHttpMessageHandler(Wire);
    }

    // A redirect would carry the token to wherever it points.
    private static SocketsHttpHandler Wire() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    private static HelpdeskOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<HelpdeskOptions>>().Value;
}
