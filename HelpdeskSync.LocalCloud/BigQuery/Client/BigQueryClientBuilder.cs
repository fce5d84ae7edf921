using Google.Api.Gax.Rest;
using Google.Apis.Http;
using HelpdeskSync.LocalCloud.BigQuery.Client;

namespace Google.Cloud.BigQuery.V2;

/// <summary>Makes clients.</summary>
public sealed class BigQueryClientBuilder : ClientBuilderBase<BigQueryClient>
{
    /// <summary>The project. Required.</summary>
    public string? ProjectId { get; set; }

    /// <summary>Where jobs run unless they say otherwise.</summary>
    public string? DefaultLocation { get; set; }

    /// <inheritdoc/>
    public override BigQueryClient Build()
    {
        ArgumentException.ThrowIfNullOrEmpty(ProjectId);
        if (BaseUri is null)
        {
            throw new InvalidOperationException("The local BigQuery client speaks to the local BigQuery only: set BaseUri to its address.");
        }

        var arguments = new CreateHttpClientArgs { ApplicationName = "HelpdeskSync", GZipEnabled = true };
        if (GoogleCredential is { } credential)
        {
            arguments.Initializers.Add(credential);
        }

        return new RestBigQueryClient(ProjectId, DefaultLocation, new RestChannel(new HttpClientFactory().CreateHttpClient(arguments), new Uri(BaseUri)));
    }

    /// <inheritdoc/>
    public override Task<BigQueryClient> BuildAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }
}
