using Google.Apis.Auth.OAuth2;
using Google.Cloud.SecretManager.V1;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>The one Secret Manager client, made when it is first needed: making it may look for credentials.</summary>
internal sealed class SecretManagerConnection(IOptions<SecretsOptions> options, Func<GoogleCredential> credential) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private SecretManagerServiceClient? client;

    public async Task<SecretManagerServiceClient> ClientAsync(CancellationToken cancellationToken)
    {
        if (client is { } ready)
        {
            return ready;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            var builder = new SecretManagerServiceClientBuilder { Endpoint = options.Value.Endpoint, GoogleCredential = credential() };
            return client ??= await builder.BuildAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
