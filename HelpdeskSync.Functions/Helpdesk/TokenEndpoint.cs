using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Secrets;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

internal enum TokenOutcome
{
    Issued,

    /// <summary>The refresh token or the client is not accepted: a person must act.</summary>
    Refused,

    /// <summary>Too many requests for this refresh token; it is refused for the rest of the window.</summary>
    Throttled,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Error">The endpoint's error code, where it is plainly one.</param>
/// <param name="Token">Set when issued.</param>
/// <param name="Lifetime">Set when issued.</param>
/// <param name="RotatedRefreshToken">The refresh token that replaces the one used; null where it stays.</param>
internal sealed record TokenReply(
    TokenOutcome Outcome, string? Error = null, string? Token = null, TimeSpan Lifetime = default, string? RotatedRefreshToken = null)
{
    /// <summary>Without the tokens.</summary>
    public override string ToString() => $"{Outcome} {Error}";
}

/// <summary>Asks the helpdesk's accounts server for an access token, once a call.</summary>
internal sealed partial class TokenEndpoint(
    IHttpClientFactory clients, ISecrets secrets, IOptions<HelpdeskOptions> options, IOptions<SecretsOptions> names)
{
    public const string TokenClient = "helpdesk-token";

    // Source: Zoho's accounts documentation: a token lives an hour; a reply without expires_in is taken for that.
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    // The lease on the shared token lasts a minute, and the answer has to be put down within it.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long one request may take.</summary>
    public static TimeSpan TimeoutOf(HelpdeskOptions options) => options.AttemptTimeout < LongestTimeout ? options.AttemptTimeout : LongestTimeout;

    /// <exception cref="SourceUnavailableException">No answer, or one that is neither a token nor a known error.</exception>
    public async Task<TokenReply> RequestAsync(RefreshToken refreshToken, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken.Value,
            ["client_id"] = await secrets.GetAsync(names.Value.ClientIdName, cancellationToken),
            ["client_secret"] = await secrets.GetAsync(names.Value.ClientSecretName, cancellationToken),
        });
        using var client = clients.CreateClient(TokenClient);
        try
        {
            using var response = await client.PostAsync(options.Value.TokenAddress, form, cancellationToken);
            return Read(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceUnavailableException("Access token: the token endpoint gave no answer. It is asked again later.", e);
        }
    }

    private static TokenReply Read(HttpStatusCode status, byte[] body)
    {
        var reply = new HelpdeskAnswer(status, default, body, null).Json();
        if (status == HttpStatusCode.OK && Text(reply, "access_token") is { Length: > 0 } token)
        {
            var lifetime = reply!.Value.TryReadCount("expires_in", out var seconds) && seconds is > 0 and < 31_536_000
                ? TimeSpan.FromSeconds(seconds)
                : UsualLifetime;
            return new(TokenOutcome.Issued, null, token, lifetime, Text(reply, "refresh_token"));
        }

        var error = Text(reply, "error") is { } text && ErrorCode().IsMatch(text) ? text : null;
        return (status, error?.ToLowerInvariant()) switch
        {
            (_, "access denied" or "access_denied") or (HttpStatusCode.TooManyRequests, _) => new(TokenOutcome.Throttled, error),
            (_, "invalid_grant" or "invalid_code" or "invalid_client" or "invalid_client_secret" or "unauthorized_client" or "invalid_token")
                => new(TokenOutcome.Refused, error),
            _ => throw new SourceUnavailableException(
                $"Access token: the token endpoint answered {(int)status} {error} without a token. It is asked again later."),
        };
    }

    private static string? Text(JsonElement? reply, string name)
        => reply is { } found && found.TryFind(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Only what is plainly a code: text from outside may hold anything.
    [GeneratedRegex("^[A-Za-z_ ]{1,40}\\z")]
    private static partial Regex ErrorCode();
}
