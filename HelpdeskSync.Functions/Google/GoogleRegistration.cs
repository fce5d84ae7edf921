
namespace HelpdeskSync.Functions.GoogleAccess;

/// <summary>The app's Google credential, for dependency injection.</summary>
public static class GoogleRegistration
{
    /// <summary>Adds the one <c>GoogleCredential</c> that section <c>Google</c> describes; wrong settings stop the host.</summary>
    public static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GoogleOptions, GoogleOptionsValidator>().BindConfiguration("Google");
        services.AddSingleton<GoogleCredentials>();
        services.AddSingleton(provider => provider.GetRequiredService<GoogleCredentials>().Create());
        return services;
    }
}
