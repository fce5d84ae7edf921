using Google.Cloud.SecretManager.V1;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>The one Secret Manager client, made when it is first needed: making it may look for credentials.</summary>
internal sealed class SecretManagerConnection(Func<CancellationToken, Task<SecretManagerServiceClient>> make) : IDisposable
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
            return client ??= await make(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
