using Google.Apis.Auth.OAuth2;
using Google.Cloud.SecretManager.V1;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>The app's secrets, for dependency injection.</summary>
public static class SecretsRegistration
{
    /// <summary>Adds <see cref="ISecrets"/> over section <c>Secrets</c> (needs <c>AddGoogle()</c>); wrong settings stop the host.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SecretsOptions, SecretsOptionsValidator>().BindConfiguration("Secrets");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SecretManagerConnection(cancellationToken => new SecretManagerServiceClientBuilder
        {
            Endpoint = provider.GetRequiredService<IOptions<SecretsOptions>>().Value.Endpoint,
            GoogleCredential = provider.GetRequiredService<GoogleCredential>(),
        }.BuildAsync(cancellationToken)));
        services.AddSingleton<ISecrets, SecretManagerSecrets>();
        return services;
    }
}
