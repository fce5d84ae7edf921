using System.Text.Json;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The access token that all instances of the app share: one of them fetches it, the others read it.</summary>
/// <remarks>
/// Source: Zoho's accounts documentation (November 2026): 10 token requests in 10 minutes and 10 live tokens a refresh token, the oldest
/// dies. So instances that each fetched their own would lock each other out.
/// </remarks>
internal sealed partial class AccessTokenProvider(
    ISharedBlobs blobs,
    ISecrets secrets,
    TokenEndpoint endpoint,
    IOptions<HelpdeskOptions> options,
    TimeProvider clock,
    ILogger<AccessTokenProvider> logger) : IDisposable
{
    private const string DocumentName = "helpdesk-token";

    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeasePoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile AccessToken? current;
    private volatile string? rejected;

    /// <summary>A token that is not about to end and that nobody reported as not accepted.</summary>
    /// <remarks>While no new one can be had, the one there is for as long as it lives.</remarks>
    /// <exception cref="SourceUnavailableException">No token for the moment.</exception>
    /// <exception cref="SourceRefusedException">The refresh token or the client is not accepted.</exception>
    public async ValueTask<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        if (IsUsable(current))
        {
            return current!;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return IsUsable(current) ? current! : current = await SharedAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reports that the helpdesk did not accept this very token. A token that has been replaced meanwhile is not harmed.</summary>
    public void Reject(AccessToken token) => rejected = token.Value;

    public void Dispose() => gate.Dispose();

    private bool IsUsable(AccessToken? token)
        => token is not null && token.RefreshAt > clock.GetUtcNow() && token.Value != rejected;

    private async Task<AccessToken> SharedAsync(CancellationToken cancellationToken)
    {
        var document = await ReadAsync(cancellationToken);
        if (IsUsable(document.Token))
        {
            return document.Token!;
        }

        try
        {
            return await FetchedByOneAsync(cancellationToken);
        }
        catch (Exception e) when (e is SourceUnavailableException or LeaseLostException)
        {
            if (document.Token is { } token && token.ExpiresAt > clock.GetUtcNow())
            {
                LogOldTokenUsed(token.ExpiresAt, e.Message);
                return token;
            }

            throw e as SourceUnavailableException
                ?? new SourceUnavailableException("Access token: the lease on it ended before it was stored. It is asked for again later.", e);
        }
    }

    /// <summary>Takes the lease and fetches, or waits for the instance that holds it to be done.</summary>
    private async Task<AccessToken> FetchedByOneAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += LeasePoll)
        {
            if (await blobs.TryAcquireAsync(DocumentName, LeaseDuration, cancellationToken) is { } lease)
            {
                await using (lease)
                {
                    return await FetchAsync(lease, cancellationToken);
                }
            }

            await Task.Delay(LeasePoll, clock, cancellationToken);
            if ((await ReadAsync(cancellationToken)).Token is { } token && IsUsable(token))
            {
                return token;
            }
        }

        throw new SourceUnavailableException(
            $"Access token: another instance has been fetching it for {LongestWait.TotalSeconds} s. It is asked for again later.");
    }

    private async Task<TokenDocument> ReadAsync(CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(DocumentName, cancellationToken) is not { } content)
        {
            return new TokenDocument();
        }

        try
        {
            return JsonSerializer.Deserialize<TokenDocument>(content.Span) ?? new TokenDocument();
        }
        catch (JsonException)
        {
            LogUnreadable(DocumentName);
            return new TokenDocument();
        }
    }

    private static Task WriteAsync(IBlobLease lease, TokenDocument document, CancellationToken cancellationToken)
        => lease.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document), cancellationToken);

    [LoggerMessage(2001, LogLevel.Warning, "No new access token could be had; the old one is used until {ExpiresAt}. {Reason}")]
    private partial void LogOldTokenUsed(DateTimeOffset expiresAt, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "The shared document {Name} cannot be read and is written anew.")]
    private partial void LogUnreadable(string name);

    [LoggerMessage(2003, LogLevel.Information, "A new access token is valid until {ExpiresAt} (refresh token version {Version}).")]
    private partial void LogIssued(DateTimeOffset expiresAt, int version);
}
