using Google.Apis.Auth.OAuth2;

namespace Google.Api.Gax.Rest;

/// <summary>What builders of REST clients have in common.</summary>
/// <typeparam name="TClient">The client.</typeparam>
public abstract class ClientBuilderBase<TClient>
{
    /// <summary>The address of the API, ending in a slash.</summary>
    public string? BaseUri { get; set; }

    /// <summary>What requests are authorised with; none where null.</summary>
    public GoogleCredential? GoogleCredential { get; set; }

    /// <summary>Makes the client.</summary>
    public abstract TClient Build();

    /// <summary>Makes the client.</summary>
    public abstract Task<TClient> BuildAsync(CancellationToken cancellationToken = default);
}
