using Google.Cloud.BigQuery.V2;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The one BigQuery client of the process, made at its first use.</summary>
public sealed class WarehouseClient(IOptions<BigQueryOptions> options, GoogleCredential credential) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private BigQueryClient? _client;

    /// <summary>The client; safe to call from many threads.</summary>
    public async ValueTask<BigQueryClient> GetAsync(CancellationToken cancellationToken)
    {
        if (_client is { } made)
        {
            return made;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _client ??= await new BigQueryClientBuilder
            {
                ProjectId = options.Value.ProjectId,
                DefaultLocation = options.Value.Location,
                BaseUri = options.Value.BaseAddress?.ToString(),
                GoogleCredential = credential,
            }.BuildAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _gate.Dispose();
    }
}
