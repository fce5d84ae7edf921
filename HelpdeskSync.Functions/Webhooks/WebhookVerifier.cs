using System.Text;
using HelpdeskSync.Domain.Webhooks;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Tells whether a delivery is the helpdesk's, by the HMAC of its body or by Zoho's token.</summary>
public sealed class WebhookVerifier(ISecrets secrets, WebhookToken token, IOptions<SecretsOptions> names)
{
    internal const string SignatureHeader = "X-Webhook-Signature";

    // The one in use and the one that replaces it, or that it has replaced.
    private const int Secrets = 2;

    // A signature under a secret that was added since the last look: worth a look, but not each time somebody sends rubbish.
    private static readonly TimeSpan FreshSecret = TimeSpan.FromSeconds(15);

    /// <summary>Whether the delivery carries no proof at all, not even a wrong one.</summary>
    public static bool IsUnsigned(IHeaderDictionary headers) => !headers.ContainsKey(SignatureHeader) && !headers.ContainsKey(WebhookToken.Header);

    /// <summary>Why the delivery is not accepted; null when it is.</summary>
    /// <exception cref="SourceUnavailableException">It cannot be verified for the moment.</exception>
    /// <exception cref="SourceRefusedException">The secret is missing or may not be read.</exception>
    public async Task<string?> RefusalAsync(ReadOnlyMemory<byte> body, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (headers[WebhookToken.Header] is [{ Length: > 0 } jwt])
        {
            return await token.RefusalAsync(jwt, cancellationToken);
        }

        var signature = headers[SignatureHeader].ToString();
        return signature.Length > 0
            && (await MatchesAsync(body, signature, null, cancellationToken) || await MatchesAsync(body, signature, FreshSecret, cancellationToken))
                ? null
                : $"Header {SignatureHeader} is absent or is not the HMAC-SHA256 of the body under the shared secret.";
    }

    private async Task<bool> MatchesAsync(ReadOnlyMemory<byte> body, string signature, TimeSpan? age, CancellationToken cancellationToken)
    {
        var values = await secrets.GetNewestAsync(names.Value.WebhookSecretName, Secrets, age, cancellationToken);
        return values.Any(secret => WebhookSignature.Matches(body.Span, Encoding.UTF8.GetBytes(secret), signature));
    }
}
