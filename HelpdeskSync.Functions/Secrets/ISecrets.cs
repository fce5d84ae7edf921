namespace HelpdeskSync.Functions.Secrets;

/// <summary>The app's secrets, from Secret Manager.</summary>
/// <remarks>
/// Throws <see cref="Helpdesk.SourceUnavailableException"/> when Secret Manager does not answer, and
/// <see cref="Helpdesk.SourceRefusedException"/>, naming secret and remedy, when a secret is missing or may not be read.
/// </remarks>
public interface ISecrets
{
    /// <summary>The newest value of a secret; at most <see cref="SecretsOptions.CacheFor"/> old. Trailing line breaks are cut.</summary>
    Task<string> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>The refresh token to use, with its version's number.</summary>
    /// <param name="atLeast">A version known to exist (0 when none is): an older one is never returned, however much <c>latest</c> lags.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<RefreshToken> GetRefreshTokenAsync(int atLeast, CancellationToken cancellationToken);

    /// <summary>Asks anew instead of taking the refresh token from memory.</summary>
    /// <inheritdoc cref="GetRefreshTokenAsync"/>
    Task<RefreshToken> RereadRefreshTokenAsync(int atLeast, CancellationToken cancellationToken);

    /// <summary>Stores a refresh token as a new version, destroys superseded versions but the last two, and returns what was stored.</summary>
    Task<RefreshToken> AddRefreshTokenVersionAsync(string value, CancellationToken cancellationToken);
}

/// <summary>A refresh token and the number of the version it came from.</summary>
public sealed record RefreshToken(string Value, int Version)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"refresh token, version {Version}";
}
