using HelpdeskSync.Functions.Helpdesk;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Checks Zoho's <c>X-ZDesk-JWT</c>: who sent the delivery, to which webhook, and how lately.</summary>
/// <remarks>
/// Source: Zoho Desk's webhook documentation, November 2026: RS256, issuer <c>orgId:{orgId}</c>, audience <c>webhookId:{id}</c>, keys at
/// <c>/.well-known/jwks.json</c>. The body is not signed; it only names what to fetch, so a forged one costs a fetch and changes nothing.
/// </remarks>
public sealed class WebhookToken(SigningKeys keys, IOptions<WebhookOptions> options, IOptions<HelpdeskOptions> helpdesk, TimeProvider clock)
{
    internal const string Header = "X-ZDesk-JWT";
    private const int LongestToken = 8 * 1024;

    // Documented in milliseconds, seen in seconds: the year 5138 in seconds is 1973 in milliseconds.
    private const long FirstMilliseconds = 100_000_000_000;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>Why the token is not accepted; null when it is.</summary>
    /// <exception cref="SourceUnavailableException">The helpdesk's keys cannot be had for the moment.</exception>
    public async Task<string?> RefusalAsync(string token, CancellationToken cancellationToken)
    {
        if (options.Value.WebhookIds is not { Length: > 0 } ids)
        {
            return $"Header {Header} is not accepted, because Webhooks:WebhookIds names no webhook.";
        }

        if (Read(token) is not { } read)
        {
            return $"Header {Header} is not a signed JSON Web Token.";
        }

        // Before the key is looked for: what the token says of itself must not choose how it is checked.
        if (read.Alg != SecurityAlgorithms.RsaSha256)
        {
            return $"Header {Header} is not signed with RS256.";
        }

        if (await keys.FindAsync(read.Kid, cancellationToken) is not { } key)
        {
            return $"Header {Header} is signed with a key that the helpdesk does not publish.";
        }

        var result = await handler.ValidateTokenAsync(read, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = key,
            ValidIssuer = $"orgId:{helpdesk.Value.OrganizationId}",
            ValidAudiences = ids.Split(',').Select(id => $"webhookId:{id.Trim()}"),
            LifetimeValidator = (_, _, checkedToken, _) => IsAlive((JsonWebToken)checkedToken),
        });
        return result.IsValid ? null : $"Header {Header} is not valid: {Words(result.Exception)}.";
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return token.Length <= LongestToken && handler.ReadJsonWebToken(token) is { IsSigned: true, IsEncrypted: false } read && read.Kid is { Length: > 0 } ? read : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private bool IsAlive(JsonWebToken token)
    {
        var now = clock.GetUtcNow();
        return Time(token, "exp") is { } end && now < end + ClockSkew
            && (Time(token, "nbf") ?? now) <= now + ClockSkew
            && (Time(token, "iat") ?? now) <= now + ClockSkew;
    }

    private static DateTimeOffset? Time(JsonWebToken token, string claim)
    {
        if (!token.TryGetPayloadValue<double>(claim, out var value) || !(value is >= 0 and < 253_402_300_799_999))
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds((long)(value < FirstMilliseconds ? value * 1000 : value));
    }

    // Not the exception's message: it may quote the token.
    private static string Words(Exception? fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => "it is not from this organisation",
        SecurityTokenInvalidAudienceException => "it is for another webhook",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "it has expired or is not valid yet",
        _ => "its signature does not match",
    };
}
