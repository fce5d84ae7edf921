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

    /// <summary>The newest enabled versions of a secret, newest first: during a rotation both sides' values are good for a while.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="count">At most so many; at least one is returned.</param>
    /// <param name="maxAge">How old the answer may be; null is <see cref="SecretsOptions.CacheFor"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<string>> GetNewestAsync(string name, int count, TimeSpan? maxAge, CancellationToken cancellationToken);

    /// <summary>The refresh token to use, with its version's number.</summary>
    /// <param name="atLeast">A version known to exist (0 when none is): an older one is never returned, however much <c>latest</c> lags.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<RefreshToken> GetRefreshTokenAsync(int atLeast, CancellationToken cancellationToken);

    /// <summary>Asks anew instead of taking the refresh token from memory, and finds a version that <c>latest</c> does not name yet.</summary>
    /// <inheritdoc cref="GetRefreshTokenAsync"/>
    Task<RefreshToken> RereadRefreshTokenAsync(int atLeast, CancellationToken cancellationToken);

    /// <summary>The refresh token of one version; null when that is disabled, destroyed, or was never made.</summary>
    Task<RefreshToken?> GetRefreshTokenVersionAsync(int version, CancellationToken cancellationToken);

    /// <summary>Stores a refresh token as a new version, destroys those before the one it replaces, and returns what was stored.</summary>
    /// <param name="value">The refresh token.</param>
    /// <param name="replaces">The version that was used to get it. It is kept, and so is whatever came after it: this call may be a late one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<RefreshToken> AddRefreshTokenVersionAsync(string value, int replaces, CancellationToken cancellationToken);
}

/// <summary>A refresh token and the number of the version it came from.</summary>
public sealed record RefreshToken(string Value, int Version)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"refresh token, version {Version}";
}
