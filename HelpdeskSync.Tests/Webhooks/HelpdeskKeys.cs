using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Tests.Webhooks;

/// <summary>The helpdesk's signing keys, their published document, and tokens signed with them, right and wrong.</summary>
internal sealed class HelpdeskKeys : HttpMessageHandler
{
    private readonly Dictionary<string, RSA> keys = [];

    public HelpdeskKeys() => Add("k1");

    public int Asked { get; private set; }

    public Func<HttpResponseMessage>? Instead { get; set; }

    public RSA Add(string id) => keys[id] = RSA.Create(2048);

    public void Remove(string id) => keys.Remove(id);

    public RSA this[string id] => keys[id];

    /// <summary>A token with Zoho's claims; each can be replaced, and null leaves it out.</summary>
    public string Token(DateTimeOffset now, string key = "k1", Action<Dictionary<string, object?>>? claims = null, Action<Dictionary<string, object?>>? header = null)
    {
        var head = new Dictionary<string, object?> { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = key };
        var body = new Dictionary<string, object?>
        {
            ["iss"] = "orgId:701", ["aud"] = "webhookId:11", ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        var signed = $"{Part(head)}.{Part(body)}";
        var signature = keys.TryGetValue(key, out var rsa) ? rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new byte[256];
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("https://desk.example/.well-known/jwks.json", request.RequestUri!.AbsoluteUri);
        Asked++;
        return Task.FromResult(Instead?.Invoke() ?? new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(new { keys = keys.Select(Published) })) });
    }

    private static object Published(KeyValuePair<string, RSA> key)
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.Key, n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }

    private static string Part(Dictionary<string, object?> part)
        => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part.Where(claim => claim.Value is not null).ToDictionary(claim => claim.Key, claim => claim.Value)));
}
