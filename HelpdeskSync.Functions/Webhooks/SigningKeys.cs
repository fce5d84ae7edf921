using System.Security.Cryptography;
using HelpdeskSync.Functions.Helpdesk;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>The public keys with which the helpdesk signs its webhooks' tokens, kept in memory.</summary>
/// <remarks>A key that is not known yet is looked for once, and nobody can make the app ask more often than every ten seconds.</remarks>
public sealed partial class SigningKeys(
    IHttpClientFactory clients, IOptions<WebhookOptions> options, IOptions<HelpdeskOptions> helpdesk, TimeProvider clock, ILogger<SigningKeys> logger)
    : IDisposable
{
    internal const string KeysClient = "webhook-keys";
    private const int ShortestModulus = 2048 / 8;

    // A key that the helpdesk has withdrawn is forgotten after this.
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Known known = new(new Dictionary<string, SecurityKey>(), DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>The key of that id; null when the helpdesk has none.</summary>
    /// <exception cref="SourceUnavailableException">It is not known, and the helpdesk's keys cannot be had for the moment.</exception>
    public async Task<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (known.IsFresh(clock.GetUtcNow()) && known.Keys.TryGetValue(keyId, out var key))
        {
            return key;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (known.IsFresh(now) && known.Keys.TryGetValue(keyId, out key))
            {
                return key;
            }

            if (known.TriedAt + Pause <= now)
            {
                known = known with { TriedAt = now };
                await RefreshAsync(now, cancellationToken);
                return known.Keys.GetValueOrDefault(keyId);
            }

            return known.Keys.GetValueOrDefault(keyId)
                ?? throw new SourceUnavailableException("Webhook keys: this key is not known, and the helpdesk's keys were asked for a moment ago.");
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task RefreshAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(KeysClient);
            known = new(Read(await client.GetStringAsync(Address(), cancellationToken)), now, now);
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException or FormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (known.Keys.Count == 0)
            {
                throw new SourceUnavailableException($"Webhook keys: {Address()} gave none. They are asked for again with the next delivery.", e);
            }

            LogOldKeys(Address(), e);
        }
    }

    private static Dictionary<string, SecurityKey> Read(string json)
    {
        var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        foreach (var key in JsonWebKeySet.Create(json).Keys)
        {
            if (key is { Kty: "RSA", Kid: { Length: > 0 } id, N: { } modulus, E: { } exponent } && key.Use is null or "" or "sig"
                && Base64UrlEncoder.DecodeBytes(modulus) is { Length: >= ShortestModulus } bytes)
            {
                keys[id] = new RsaSecurityKey(new RSAParameters { Modulus = bytes, Exponent = Base64UrlEncoder.DecodeBytes(exponent) }) { KeyId = id };
            }
        }

        return keys;
    }

    private Uri Address() => options.Value.KeysAddress ?? new Uri(helpdesk.Value.ApiBaseAddress!, "/.well-known/jwks.json");

    [LoggerMessage(1010, LogLevel.Warning, "Webhook keys: {Address} gave none; those that are known are used.")]
    private partial void LogOldKeys(Uri address, Exception fault);

    private sealed record Known(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset ReadAt, DateTimeOffset TriedAt)
    {
        public bool IsFresh(DateTimeOffset now) => ReadAt != DateTimeOffset.MinValue && now - ReadAt < KeepFor;
    }
}
