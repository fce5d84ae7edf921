using System.Globalization;
using System.Security.Cryptography;

namespace HelpdeskSync.Simulator.Tokens;

/// <summary>What the token endpoint answers: a status and either a token or an error.</summary>
internal sealed record TokenReply(int Status, string? AccessToken = null, string? NewRefreshToken = null, string? Error = null);

/// <summary>Zoho's refresh_token grant with its limits: requests in ten minutes, live tokens, and optional rotation. Thread-safe.</summary>
internal sealed class TokenService(SimulatorOptions options, string refreshToken, Action<string> rotated)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly Lock gate = new();
    private readonly List<(string Token, DateTimeOffset Issued)> live = [];
    private readonly List<(DateTimeOffset At, string? Error)> requests = [];
    private string current = refreshToken;
    private string? previous;
    private DateTimeOffset windowStart = DateTimeOffset.MinValue;
    private int requestsInWindow;

    /// <summary>The refresh token that is accepted now.</summary>
    public string CurrentRefreshToken
    {
        get
        {
            lock (gate)
            {
                return current;
            }
        }
    }

    /// <summary>Every request so far, refused ones too: when, and with which error.</summary>
    public IReadOnlyList<(DateTimeOffset At, string? Error)> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>Set by the faults: tokens die this long after their issue although the reply promised more.</summary>
    public TimeSpan? ExpireAfter { get; set; }

    public TokenReply Refresh(string? grantType, string? clientId, string? clientSecret, string? refresh)
    {
        lock (gate)
        {
            var reply = Answer(grantType, clientId, clientSecret, refresh);
            requests.Add((options.Time.GetUtcNow(), reply.Error));
            return reply;
        }
    }

    /// <summary>Whether this access token is alive now.</summary>
    public bool Accepts(string accessToken)
    {
        lock (gate)
        {
            DropExpired();
            return live.Exists(token => token.Token == accessToken);
        }
    }

    private TokenReply Answer(string? grantType, string? clientId, string? clientSecret, string? refresh)
    {
        if (clientId != options.ClientId || clientSecret != options.ClientSecret)
        {
            return new(200, Error: "invalid_client");
        }

        if (grantType != "refresh_token")
        {
            return new(200, Error: "unsupported_grant_type");
        }

        if (refresh is null || (refresh != current && refresh != previous))
        {
            return new(200, Error: "invalid_code");
        }

        return Throttled() ? new(400, Error: "Access Denied") : Issue(refresh);
    }

    private TokenReply Issue(string used)
    {
        DropExpired();
        if (live.Count >= options.LiveAccessTokens)
        {
            live.RemoveAt(0);
        }

        var access = NewToken();
        live.Add((access, options.Time.GetUtcNow()));
        if (!options.RotateRefreshToken)
        {
            return new(200, access);
        }

        var next = NewToken();
        rotated(next);
        current = next;
        previous = options.RefreshTokenGrace ? used : null;
        requestsInWindow = 0;
        return new(200, access, next);
    }

    private bool Throttled()
    {
        var now = options.Time.GetUtcNow();
        if (now - windowStart >= Window)
        {
            (windowStart, requestsInWindow) = (now, 0);
        }

        return ++requestsInWindow > options.TokenRequestsPerTenMinutes;
    }

    private void DropExpired()
    {
        var now = options.Time.GetUtcNow();
        var life = ExpireAfter is { } sooner && sooner < options.AccessTokenLifetime ? sooner : options.AccessTokenLifetime;
        live.RemoveAll(token => now - token.Issued >= life);
    }

    private static string NewToken() => string.Create(
        CultureInfo.InvariantCulture, $"1000.{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
}
