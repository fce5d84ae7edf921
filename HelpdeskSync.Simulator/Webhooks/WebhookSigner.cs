using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>Signs deliveries: HMAC over the body, or Zoho's RS256 token. The key pairs live as long as the process. Thread-safe.</summary>
internal sealed class WebhookSigner(string organizationId, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private readonly List<RSA> keys = [];
    private readonly List<RSA> withdrawn = [];

    public static string Hmac(string secret, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>iss orgId:…, aud webhookId:…, iat and exp in seconds.</summary>
    public string Jwt(long webhookId)
    {
        var key = Current();
        var now = time.GetUtcNow();
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = IdOf(key) };
        var claims = new JsonObject
        {
            ["iss"] = "orgId:" + organizationId,
            ["aud"] = string.Create(CultureInfo.InvariantCulture, $"webhookId:{webhookId}"),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Validity).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The document at /.well-known/jwks.json.</summary>
    public JsonObject Jwks()
    {
        Current();
        lock (gate)
        {
            return new() { ["keys"] = new JsonArray([.. keys.Select(Published)]) };
        }
    }

    /// <summary>Signs with a new key from now on; the former ones stay published, or are withdrawn.</summary>
    public void Roll(bool keepFormer)
    {
        lock (gate)
        {
            if (!keepFormer)
            {
                // A delivery may be signing with one of them.
                withdrawn.AddRange(keys);
                keys.Clear();
            }

            keys.Add(RSA.Create(2048));
        }
    }

    public void Dispose()
    {
        foreach (var key in keys.Concat(withdrawn))
        {
            key.Dispose();
        }
    }

    private RSA Current()
    {
        lock (gate)
        {
            if (keys.Count == 0)
            {
                keys.Add(RSA.Create(2048));
            }

            return keys[^1];
        }
    }

    private static JsonNode Published(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = IdOf(key),
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    private static string IdOf(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportRSAPublicKey()))[..16];

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
