namespace Google.Api.Gax.Grpc;

/// <summary>Settings of one call; here only whether it may be cancelled.</summary>
public sealed class CallSettings
{
    private CallSettings(CancellationToken cancellationToken) => CancellationToken = cancellationToken;

    /// <summary>Cancels the call; null when it cannot be cancelled.</summary>
    public CancellationToken? CancellationToken { get; }

    /// <summary>Settings that do nothing but cancel.</summary>
    public static CallSettings FromCancellationToken(CancellationToken cancellationToken) => new(cancellationToken);
}
