using Google.Api.Gax.Grpc;
using HelpdeskSync.LocalCloud.SecretManager;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Makes clients of the secret manager that lives in the directory <c>Endpoint</c> names.</summary>
public sealed class SecretManagerServiceClientBuilder : ClientBuilderBase<SecretManagerServiceClient>
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><c>Endpoint</c> is not a <c>file:</c> address.</exception>
    public override SecretManagerServiceClient Build()
        => Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address.IsFile
            ? new LocalSecretManagerClient(new LocalSecretStore(address.LocalPath, TimeProvider.System))
            : throw new InvalidOperationException(
                $"The local secret manager only serves file: endpoints, and Endpoint is '{Endpoint ?? "not set"}'. " +
                "Set it to the address of a directory (file:///...), or build with -p:Cloud=Azure to reach Google's.");

    /// <inheritdoc/>
    public override Task<SecretManagerServiceClient> BuildAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }
}
