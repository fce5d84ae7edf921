using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>What is done while the lease is held.</summary>
/// <remarks>The order in which an answer is put down is in docs/adr: the shared document, Secret Manager, then everybody may use it.</remarks>
internal sealed partial class AccessTokenProvider
{
    // What one request may take, with the time to put its answer down, is less than the lease lasts.
    private static readonly TimeSpan LongestKeeping = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestStoring = TimeSpan.FromSeconds(90);

    // An answer that could not be made known yet: asking again would cost a request, and a rotated refresh token would be lost.
    private IssuedToken? unpublished;

    private async Task<Step> FetchAsync(IBlobLease lease, CancellationToken cancellationToken)
    {
        var document = await store.ReadAsync(cancellationToken);
        if (IsUsable(document.Token))
        {
            return Done(document.Token!);
        }

        if (Unpublished(document) is { } left)
        {
            var token = await PublishAsync(lease, document, left, isRepeated: true);
            return IsAlive(token) ? Done(token) : new(null, TimeSpan.Zero, null, IsFinal: false);
        }

        var refreshToken = document.RefusedVersion is null
            ? await secrets.GetRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken)
            : await secrets.RereadRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken);
        ThrowIfRefused(document, refreshToken);
        if (AccessTokenBudget.WaitFor(document, clock.GetUtcNow()) is { Ticks: > 0 } wait)
        {
            return new(null, wait, Throttled(wait), IsFinal: false);
        }

        (document, var askedAt, var reply) = await AskAsync(lease, document, refreshToken, cancellationToken);
        if (reply.Outcome == TokenOutcome.Refused)
        {
            // Asking again with the same would only cost a request.
            if (await OtherThanAsync(refreshToken, document, cancellationToken) is { } other && AccessTokenBudget.WaitFor(document with { BlockedUntil = null }, clock.GetUtcNow()) == TimeSpan.Zero)
            {
                refreshToken = other;
                (document, askedAt, reply) = await AskAsync(lease, document, refreshToken, cancellationToken);
            }
        }

        return reply.Outcome switch
        {
            TokenOutcome.Issued => Done(await PublishAsync(lease, document, Issued(reply, askedAt, refreshToken), isRepeated: false)),
            TokenOutcome.Refused => await BlockedAsync(lease, document, refreshToken, reply, cancellationToken),
            _ => await BlockedAsync(lease, document, null, reply, cancellationToken),
        };
    }

    /// <summary>What to try after a refusal: a newer one that somebody has put in since, else the last one that is known to have come by the lease.</summary>
    private async Task<RefreshToken?> OtherThanAsync(RefreshToken refused, TokenDocument document, CancellationToken cancellationToken)
    {
        var newest = await secrets.RereadRefreshTokenAsync(document.RefreshTokenVersion, cancellationToken);
        if (newest.Value != refused.Value)
        {
            return newest;
        }

        // An instance that stored after its lease had ended may have put an older token above it.
        return await secrets.GetRefreshTokenVersionAsync(document.RefreshTokenVersion, cancellationToken) is { } known && known.Value != refused.Value ? known : null;
    }

    /// <summary>Notes the request where every instance sees it, then makes it.</summary>
    private async Task<(TokenDocument Document, DateTimeOffset AskedAt, TokenReply Reply)> AskAsync(
        IBlobLease lease, TokenDocument document, RefreshToken refreshToken, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var noted = AccessTokenBudget.Noted(document, now);
        await store.WriteAsync(lease, noted, cancellationToken);

        // From here on nobody else may ask until the answer is put down. Nor is the request to be cancelled: an answer that nobody reads may
        // hold the only refresh token that still works.
        await lease.RenewAsync(cancellationToken);
        try
        {
            return (noted, now, await endpoint.RequestAsync(refreshToken, CancellationToken.None));
        }
        catch (SourceUnavailableException)
        {
            await store.WriteAsync(lease, AccessTokenBudget.Failed(noted, clock.GetUtcNow()), cancellationToken);
            throw;
        }
    }

    /// <summary>Puts down what was issued so that no crash loses the refresh token, and makes the access token known to all.</summary>
    /// <remarks>Not to be cancelled: whoever asked may have left, the refresh token it used is dead all the same.</remarks>
    private async Task<AccessToken> PublishAsync(IBlobLease lease, TokenDocument document, IssuedToken issued, bool isRepeated)
    {
        using var keeping = new CancellationTokenSource(LongestKeeping, clock);
        unpublished = issued;
        var version = issued.UsedVersion;
        if (issued.RotatedRefreshToken is { } rotated)
        {
            var isPutDown = document.Pending == issued;
            document = document with { Pending = issued };
            isPutDown = isPutDown || await IsPutDownAsync(lease, document, keeping.Token);

            // What is put down, the next holder of the lease stores. Else: Secret Manager asks for no lease, and late is better than lost.
            using var storing = new CancellationTokenSource(isPutDown ? LongestKeeping : LongestStoring, clock);
            version = await StoredVersionAsync(rotated, issued.UsedVersion, isRepeated, storing.Token);
        }

        var published = document with
        {
            Token = issued.Token, Pending = null, RefreshTokenVersion = version, BlockedUntil = null, RefusedVersion = null,
        };
        await store.WriteAsync(lease, published, keeping.Token);
        unpublished = null;
        LogIssued(issued.Token.ExpiresAt, version);
        return issued.Token;
    }

    private async Task<bool> IsPutDownAsync(IBlobLease lease, TokenDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(lease, document, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is LeaseLostException or SourceUnavailableException or IOException or Azure.RequestFailedException or OperationCanceledException)
        {
            // One of the two places is enough.
            LogNotPutDown(fault);
            return false;
        }
    }

    private async Task<int> StoredVersionAsync(string rotated, int usedVersion, bool isRepeated, CancellationToken cancellationToken)
    {
        // The attempt before may have stored it and died, or its answer got lost.
        if (isRepeated && await secrets.RereadRefreshTokenAsync(usedVersion, cancellationToken) is { } newest && newest.Value == rotated)
        {
            return newest.Version;
        }

        return (await secrets.AddRefreshTokenVersionAsync(rotated, usedVersion, cancellationToken)).Version;
    }

    /// <summary>An answer that is not known to all yet, unless the document has gone past it.</summary>
    private IssuedToken? Unpublished(TokenDocument document)
        => (unpublished ?? document.Pending) is { } left && left.UsedVersion >= document.RefreshTokenVersion ? left : unpublished = null;

    private IssuedToken Issued(TokenReply reply, DateTimeOffset askedAt, RefreshToken used)
    {
        var expiresAt = askedAt + reply.Lifetime;
        var margin = options.Value.TokenMargin < reply.Lifetime / 4 ? options.Value.TokenMargin : reply.Lifetime / 4;
        var rotated = reply.RotatedRefreshToken is { Length: > 0 } other && other != used.Value ? other : null;
        return new(new AccessToken(reply.Token!, expiresAt - margin, expiresAt), rotated, used.Version);
    }

    private async Task<Step> BlockedAsync(
        IBlobLease lease, TokenDocument document, RefreshToken? refused, TokenReply reply, CancellationToken cancellationToken)
    {
        var blocked = AccessTokenBudget.Blocked(document, refused?.Version, clock.GetUtcNow());
        await store.WriteAsync(lease, blocked, cancellationToken);
        var wait = blocked.BlockedUntil!.Value - clock.GetUtcNow();
        return refused is null ? new(null, wait, Throttled(wait), IsFinal: false) : throw Refused(refused, reply.Error);
    }

    private void ThrowIfRefused(TokenDocument document, RefreshToken refreshToken)
    {
        // A new version has not been refused yet.
        if (document.RefusedVersion == refreshToken.Version && document.BlockedUntil > clock.GetUtcNow())
        {
            throw Refused(refreshToken, null);
        }
    }

    private static Step Done(AccessToken token) => new(token, TimeSpan.Zero, null, IsFinal: true);

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
