using System.Text;
using Grpc.Core;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>The secrets with which the app can talk to the simulated helpdesk.</summary>
internal static class LaptopSecrets
{
    private const string Project = "local";
    private const string WebhookSecret = "helpdesk-webhook-secret";

    /// <summary>Puts down what is missing; what is there stays, as the app may have stored a newer refresh token.</summary>
    /// <returns>The webhook secret in force.</returns>
    public static async Task<string> SeedAsync(string directory, SimulatorOptions simulator, CancellationToken cancellationToken)
    {
        var store = new LocalSecretStore(directory, TimeProvider.System);
        await EnsureAsync(store, "helpdesk-oauth-client-id", simulator.ClientId, cancellationToken);
        await EnsureAsync(store, "helpdesk-oauth-client-secret", simulator.ClientSecret, cancellationToken);
        await EnsureAsync(store, "helpdesk-oauth-refresh-token", simulator.RefreshToken, cancellationToken);
        return await EnsureAsync(store, WebhookSecret, "local-webhook-secret", cancellationToken);
    }

    private static async Task<string> EnsureAsync(LocalSecretStore store, string name, string value, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetString((await store.AccessAsync(Project, name, "latest", cancellationToken)).Data);
        }
        catch (RpcException absent) when (absent.StatusCode == StatusCode.NotFound)
        {
            await store.EnsureSecretAsync(Project, name, value, cancellationToken);
            return value;
        }
    }
}
