namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>A token for the helpdesk's API.</summary>
/// <param name="Value">The token itself: never to be shown.</param>
/// <param name="RefreshAt">From then on a new one is fetched.</param>
/// <param name="ExpiresAt">From then on the helpdesk refuses it.</param>
internal sealed record AccessToken(string Value, DateTimeOffset RefreshAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"access token until {ExpiresAt:O}";
}

/// <summary>What the token endpoint issued and not every instance knows of yet.</summary>
/// <param name="Token">The access token.</param>
/// <param name="RotatedRefreshToken">The refresh token that replaces the one used; null where it stays.</param>
/// <param name="UsedVersion">The version of the refresh token that was used.</param>
internal sealed record IssuedToken(AccessToken Token, string? RotatedRefreshToken, int UsedVersion)
{
    /// <summary>Without the tokens.</summary>
    public override string ToString() => $"{Token}, for version {UsedVersion} of the refresh token";
}

/// <summary>What all instances share about the token; lies in one blob, written under its lease.</summary>
internal sealed record TokenDocument
{
    /// <summary>The newest token; null before the first.</summary>
    public AccessToken? Token { get; init; }

    /// <summary>An answer whose refresh token is not in Secret Manager yet: whoever takes the lease puts it there before anything else.</summary>
    public IssuedToken? Pending { get; init; }

    /// <summary>The newest known version of the refresh token; 0 before the first.</summary>
    public int RefreshTokenVersion { get; init; }

    /// <summary>When tokens were asked for lately, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Requests { get; init; } = [];

    /// <summary>Nobody asks before then.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>The version of the refresh token that was refused when <see cref="BlockedUntil"/> was set; null when it was for another reason.</summary>
    public int? RefusedVersion { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => Token?.ToString() ?? "no access token yet";
}
