using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>What is done while the lease is held.</summary>
internal sealed partial class AccessTokenProvider
{
    // One below the vendor's ten, for the person who tries a token by hand.
    private const int MostRequests = 9;

    private static readonly TimeSpan RequestWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMinutes(2);

    // A rotated refresh token that Secret Manager would not take yet: it must be stored before anything else, or it is lost.
    private (TokenReply Reply, DateTimeOffset AskedAt, RefreshToken Used)? unstored;

    private async Task<AccessToken> FetchAsync(IBlobLease lease, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(cancellationToken);
        if (IsUsable(document.Token))
        {
            return document.Token!;
        }

        if (unstored is { } left)
        {
            return await KeepAsync(lease, document, left.Reply, left.AskedAt, left.Used, cancellationToken);
        }

        var refreshToken = document.RefusedVersion is null
            ? await secrets.GetRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken)
            : await secrets.RereadRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken);
        ThrowIfBlocked(document, refreshToken);

        (document, var askedAt, var reply) = await AskAsync(lease, document, refreshToken, cancellationToken);
        if (reply.Outcome == TokenOutcome.Refused)
        {
            // Somebody may have put in a new one since it was read; asking again with the same would only cost a request.
            var newest = await secrets.RereadRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken);
            if (newest.Value != refreshToken.Value)
            {
                refreshToken = newest;
                (document, askedAt, reply) = await AskAsync(lease, document, refreshToken, cancellationToken);
            }
        }

        if (reply.Outcome != TokenOutcome.Issued)
        {
            await WriteAsync(lease, Blocked(document, reply, refreshToken), cancellationToken);
            throw reply.Outcome == TokenOutcome.Throttled ? Throttled(PauseAfterFault) : Refused(refreshToken, reply.Error);
        }

        return await KeepAsync(lease, document, reply, askedAt, refreshToken, cancellationToken);
    }

    /// <summary>Notes the request where every instance sees it, then makes it.</summary>
    private async Task<(TokenDocument Document, DateTimeOffset AskedAt, TokenReply Reply)> AskAsync(
        IBlobLease lease, TokenDocument document, RefreshToken refreshToken, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var recent = document.Requests.Where(request => request > now - RequestWindow).ToList();
        if (recent.Count >= MostRequests)
        {
            throw Throttled(recent[^MostRequests] + RequestWindow - now);
        }

        var noted = document with { Requests = [.. recent, now] };
        await WriteAsync(lease, noted, cancellationToken);
        return (noted, now, await endpoint.RequestAsync(refreshToken, cancellationToken));
    }

    private async Task<AccessToken> KeepAsync(
        IBlobLease lease, TokenDocument document, TokenReply reply, DateTimeOffset askedAt, RefreshToken used, CancellationToken cancellationToken)
    {
        var version = used.Version;
        if (reply.RotatedRefreshToken is { Length: > 0 } rotated && rotated != used.Value)
        {
            unstored = (reply, askedAt, used);
            version = (await secrets.AddRefreshTokenVersionAsync(rotated, cancellationToken)).Version;
            unstored = null;
        }

        var expiresAt = askedAt + reply.Lifetime;
        var margin = options.Value.TokenMargin < reply.Lifetime / 4 ? options.Value.TokenMargin : reply.Lifetime / 4;
        var token = new AccessToken(reply.Token!, expiresAt - margin, expiresAt);
        await WriteAsync(
            lease,
            document with { Token = token, RefreshTokenVersion = version, BlockedUntil = null, RefusedVersion = null },
            cancellationToken);
        LogIssued(expiresAt, version);
        return token;
    }

    private void ThrowIfBlocked(TokenDocument document, RefreshToken refreshToken)
    {
        if (document.BlockedUntil is not { } until || until <= clock.GetUtcNow())
        {
            return;
        }

        if (document.RefusedVersion is not { } refusedVersion)
        {
            throw Throttled(until - clock.GetUtcNow());
        }

        // A new version has not been refused yet.
        if (refusedVersion == refreshToken.Version)
        {
            throw Refused(refreshToken, null);
        }
    }

    private TokenDocument Blocked(TokenDocument document, TokenReply reply, RefreshToken refreshToken) => document with
    {
        BlockedUntil = clock.GetUtcNow() + PauseAfterFault,
        RefusedVersion = reply.Outcome == TokenOutcome.Refused ? refreshToken.Version : null,
    };

    private static SourceUnavailableException Throttled(TimeSpan wait)
        => new($"Access token: the helpdesk limits token requests to 10 in 10 minutes; the next is made in {wait.TotalSeconds:0} s.")
        {
            RetryAfter = wait,
        };

    private static SourceRefusedException Refused(RefreshToken refreshToken, string? error)
        => new($"Access token: the helpdesk does not accept version {refreshToken.Version} of the refresh token, or the client ({error ?? "as before"}). " +
            "Make a new refresh token for the same client and data centre and add it as a version of the secret (docs/operations.md); " +
            "it is taken up within minutes.");
}
