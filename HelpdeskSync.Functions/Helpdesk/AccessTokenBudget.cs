namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>How often all instances together may ask for a token; what was asked stands in the shared document.</summary>
/// <remarks>Source: Zoho's accounts documentation (November 2026): 10 token requests in 10 minutes for a refresh token, then none for the rest of it.</remarks>
internal static class AccessTokenBudget
{
    // One below the vendor's ten, for the person who tries a token by hand.
    public const int MostRequests = 9;

    /// <summary>A minute more than the vendor's ten, because the instances' clocks differ.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(11);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // A time further ahead was written by a clock that is plainly wrong; it must not hold up everybody.
    private static readonly TimeSpan WrongClock = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody may ask yet; zero when somebody may.</summary>
    public static TimeSpan WaitFor(TokenDocument document, DateTimeOffset now)
    {
        var recent = Recent(document, now);
        var budget = recent.Count < MostRequests ? TimeSpan.Zero : recent[^MostRequests] + Window - now;
        var pause = document.RefusedVersion is null && document.BlockedUntil is { } until && until <= now + LongestPause ? until - now : TimeSpan.Zero;
        return Max(TimeSpan.Zero, Max(budget, pause));
    }

    /// <summary>The document with a request that is about to be made. Until its outcome is put down, nobody else asks for a good while.</summary>
    /// <remarks>Longer than the lease: whoever asked may have lost that, and still be storing the only refresh token that works.</remarks>
    public static TokenDocument Noted(TokenDocument document, DateTimeOffset now)
        => document with { Requests = [.. Recent(document, now), now], BlockedUntil = now + LongestPause, RefusedVersion = null };

    /// <summary>The document after a request that came to nothing: a short pause, doubling with the requests of late.</summary>
    public static TokenDocument Failed(TokenDocument document, DateTimeOffset now)
    {
        var pause = ShortestPause * Math.Pow(2, Recent(document, now).Count - 1);
        return document with { BlockedUntil = now + (pause < LongestPause ? pause : LongestPause) };
    }

    /// <summary>The document after an answer that will be the same for a while.</summary>
    /// <param name="document">As noted before the request.</param>
    /// <param name="refusedVersion">The version that was refused; null when the helpdesk throttles.</param>
    /// <param name="now">The time.</param>
    public static TokenDocument Blocked(TokenDocument document, int? refusedVersion, DateTimeOffset now)
        => document with { BlockedUntil = now + LongestPause, RefusedVersion = refusedVersion };

    private static List<DateTimeOffset> Recent(TokenDocument document, DateTimeOffset now)
        => [.. document.Requests.Where(request => request > now - Window && request <= now + WrongClock).Order()];

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
