using Google.Apis.Auth.OAuth2;

namespace Google.Api.Gax.Grpc;

/// <summary>What the builders of gRPC clients have in common.</summary>
/// <typeparam name="TClient">The client that is built.</typeparam>
public abstract class ClientBuilderBase<TClient>
{
    internal ClientBuilderBase()
    {
    }

    /// <summary>Where the service answers; null is the service's public address.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Who calls. The stand-ins take any caller.</summary>
    public GoogleCredential? GoogleCredential { get; set; }

    /// <summary>Makes the client.</summary>
    public abstract TClient Build();

    /// <summary>Makes the client.</summary>
    public abstract Task<TClient> BuildAsync(CancellationToken cancellationToken = default);
}
