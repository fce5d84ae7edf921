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
    AccessTokenStore store,
    ISecrets secrets,
    TokenEndpoint endpoint,
    IOptions<HelpdeskOptions> options,
    TimeProvider clock,
    ILogger<AccessTokenProvider> logger) : IDisposable
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeasePoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BudgetPoll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile AccessToken? current;
    private volatile string? rejected;

    /// <summary>A token that is not about to end and that nobody reported as not accepted.</summary>
    /// <remarks>
    /// While no new one can be had, the one there is for as long as it lives. After that the call waits for its turn in the budget of token
    /// requests, at most <see cref="HelpdeskOptions.LongestTokenWait"/>.
    /// </remarks>
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

    private bool IsAlive(AccessToken? token)
        => token is not null && token.ExpiresAt > clock.GetUtcNow() && token.Value != rejected;

    private async Task<AccessToken> SharedAsync(CancellationToken cancellationToken)
    {
        var deadline = clock.GetUtcNow() + options.Value.LongestTokenWait;
        while (true)
        {
            var document = await store.ReadAsync(cancellationToken);
            if (IsUsable(document.Token))
            {
                return document.Token!;
            }

            var step = await TryFetchAsync(cancellationToken);
            if (step.Token is { } token)
            {
                return token;
            }

            if (IsAlive(document.Token))
            {
                if (step.Fault is not null)
                {
                    LogOldTokenUsed(document.Token!.ExpiresAt, step.Fault.Message);
                }

                return document.Token!;
            }

            if (step.IsFinal || clock.GetUtcNow() + step.Wait > deadline)
            {
                throw step.Fault ?? new SourceUnavailableException(
                    $"Access token: another instance has been fetching it for {options.Value.LongestTokenWait.TotalSeconds:0} s. It is asked for again later.");
            }

            // Another instance may publish a token long before our own turn.
            await Task.Delay(step.Fault is null || step.Wait < BudgetPoll ? step.Wait : BudgetPoll, clock, cancellationToken);
        }
    }

    /// <summary>Takes the lease and fetches, or says how long to wait before the next look.</summary>
    private async Task<Step> TryFetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await store.TryAcquireAsync(LeaseDuration, cancellationToken) is not { } lease)
            {
                return new(null, LeasePoll, null, IsFinal: false);
            }

            await using (lease)
            {
                return await FetchAsync(lease, cancellationToken);
            }
        }
        catch (SourceUnavailableException fault)
        {
            return new(null, TimeSpan.Zero, fault, IsFinal: true);
        }
        catch (Exception late) when (late is LeaseLostException || (late is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var fault = new SourceUnavailableException(
                "Access token: it could not be stored within the time of the lease. What was issued is kept and stored next.", late);
            return new(null, TimeSpan.Zero, fault, IsFinal: true);
        }
    }

    /// <summary>What came of one try. A token; else how long to wait, because of a fault or (none) because another instance is at it.</summary>
    private sealed record Step(AccessToken? Token, TimeSpan Wait, SourceUnavailableException? Fault, bool IsFinal);

    [LoggerMessage(2001, LogLevel.Warning, "No new access token could be had; the old one is used until {ExpiresAt}. {Reason}")]
    private partial void LogOldTokenUsed(DateTimeOffset expiresAt, string reason);

    [LoggerMessage(2003, LogLevel.Information, "A new access token is valid until {ExpiresAt} (refresh token version {Version}).")]
    private partial void LogIssued(DateTimeOffset expiresAt, int version);

    [LoggerMessage(2005, LogLevel.Error,
        "A new refresh token could not be put down in the shared document; it goes to Secret Manager straight away. Check the app's storage account.")]
    private partial void LogNotPutDown(Exception fault);
}
