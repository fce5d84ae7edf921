using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Functions.Operations.Health;

/// <summary>Whether the app holds a token that the helpdesk has issued.</summary>
public interface IHelpdeskToken
{
    /// <summary>Returns when there is one.</summary>
    /// <exception cref="SourceUnavailableException">There is none for the moment.</exception>
    /// <exception cref="SourceRefusedException">The refresh token or the client is not accepted.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>Asks the provider that all calls use.</summary>
internal sealed class HelpdeskToken(AccessTokenProvider tokens) : IHelpdeskToken
{
    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken) => await tokens.GetAsync(cancellationToken);
}
