using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>Signs deliveries: HMAC over the body, or Zoho's RS256 token. The key pair lives as long as the process.</summary>
internal sealed class WebhookSigner(string organizationId, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    public static string Hmac(string secret, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>iss orgId:…, aud webhookId:…, iat and exp in seconds.</summary>
    public string Jwt(long webhookId)
    {
        var now = time.GetUtcNow();
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId };
        var claims = new JsonObject
        {
            ["iss"] = "orgId:" + organizationId,
            ["aud"] = string.Create(CultureInfo.InvariantCulture, $"webhookId:{webhookId}"),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Validity).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The document at /.well-known/jwks.json.</summary>
    public JsonObject Jwks()
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            }),
        };
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }

    private string KeyId => Convert.ToHexStringLower(SHA256.HashData(key.Value.ExportRSAPublicKey()))[..16];

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
