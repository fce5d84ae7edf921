using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskSync.Tests.Webhooks;

public sealed class WebhookTokenTests
{
    private const string Event = """[{"eventType":"Ticket_Update","payload":{"id":"5"},"orgId":"701"}]""";

    [Theory]
    [InlineData("webhookId:11")]
    [InlineData("webhookId:12")]
    public async Task Post_ZohosToken_IsAccepted(string audience)
    {
        using var world = new WebhookFixture();
        var answer = await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow(), claims: claims => claims["aud"] = audience));
        Assert.Equal(200, answer.Status);
        Assert.Equal("5", Assert.Single(world.Started.Requests).Key.Id);
    }

    [Fact]
    public async Task Post_TimesInMilliseconds_AreUnderstood()
    {
        using var world = new WebhookFixture();
        var now = world.Clock.GetUtcNow();
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now, claims: claims => Times(claims, now, now.AddMinutes(5))))).Status);
        Assert.Equal(401, (await PostAsync(world, world.Helpdesk.Token(now, claims: claims => Times(claims, now.AddHours(-2), now.AddHours(-1))))).Status);

        static void Times(Dictionary<string, object?> claims, DateTimeOffset from, DateTimeOffset to)
            => (claims["iat"], claims["exp"]) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
    }

    public static TheoryData<string, string, object?> Wrong => new()
    {
        { "iss", "organisation", "orgId:702" }, { "iss", "organisation", null }, { "iss", "organisation", "701" },
        { "aud", "another webhook", "webhookId:13" }, { "aud", "another webhook", null }, { "aud", "another webhook", "11" },
        { "exp", "expired", 1 }, { "exp", "expired", null }, { "exp", "JSON Web Token", "soon" }, { "exp", "JSON Web Token", -1e300 }, { "exp", "expired", -5 },
        { "iat", "expired", 4_000_000_000L }, { "nbf", "expired", 4_000_000_000_000L },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Post_AClaimIsWrong_Is401AndSaysWhich(string claim, string word, object? value)
    {
        using var world = new WebhookFixture();
        var answer = await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow(), claims: claims => claims[claim] = value));
        Assert.Equal(401, answer.Status);
        Assert.Contains(word, answer.Body, StringComparison.Ordinal);
        Assert.Empty(world.Started.Requests);
    }

    [Fact]
    public async Task Post_AlgorithmChosenByTheSender_Is401()
    {
        using var world = new WebhookFixture();
        var now = world.Clock.GetUtcNow();
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now))).Status);
        foreach (var algorithm in new[] { "none", "HS256", "RS512", "PS256", "rs256", "" })
        {
            Assert.Equal(401, (await PostAsync(world, world.Helpdesk.Token(now, header: header => header["alg"] = algorithm))).Status);
        }

        // The classic: the public key, which everybody knows, as the secret of an HMAC.
        var token = world.Helpdesk.Token(now, header: header => header["alg"] = "HS256");
        var signed = token[..token.LastIndexOf('.')];
        var forged = HMACSHA256.HashData(Encoding.ASCII.GetBytes(world.Helpdesk["k1"].ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed));
        Assert.Equal(401, (await PostAsync(world, $"{signed}.{Base64Url.EncodeToString(forged)}")).Status);
        Assert.Equal(401, (await PostAsync(world, $"{signed}.")).Status);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AAAA")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.bm90IGpzb24.AAAA")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.W10.AAAA")]
    public async Task Post_NoToken_Is401(string token)
    {
        using var world = new WebhookFixture();
        Assert.Equal(401, (await PostAsync(world, token)).Status);
        Assert.Equal(401, (await PostAsync(world, token + new string('A', 10_000))).Status);
    }

    [Fact]
    public async Task Post_KeyRollover_IsOneRefetch()
    {
        using var world = new WebhookFixture();
        var now = world.Clock.GetUtcNow();
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now))).Status);
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now))).Status);
        Assert.Equal(1, world.Helpdesk.Asked);
        world.Helpdesk.Add("k2");
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now, "k2"))).Status);
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(now, "k1"))).Status);
        Assert.Equal(2, world.Helpdesk.Asked);
    }

    [Fact]
    public async Task Post_UnknownKeysByTheHundred_AskOnceInTenSeconds()
    {
        using var world = new WebhookFixture();
        var now = world.Clock.GetUtcNow();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            Assert.InRange((await PostAsync(world, world.Helpdesk.Token(now, $"forged-{attempt}"))).Status, 401, 503);
            world.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(world.Helpdesk.Asked, 1, 3);
        Assert.Empty(world.Started.Requests);
    }

    [Fact]
    public async Task Post_KeyWithdrawn_IsForgottenWithinADay()
    {
        using var world = new WebhookFixture();
        var stolen = world.Helpdesk["k1"];
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()))).Status);
        world.Helpdesk.Remove("k1");
        world.Helpdesk.Add("k2");
        world.Clock.Advance(TimeSpan.FromHours(13));
        using var thief = new HelpdeskKeys();
        var token = world.Helpdesk.Token(world.Clock.GetUtcNow(), "k1");
        var signed = token[..token.LastIndexOf('.')];
        var signature = stolen.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal(401, (await PostAsync(world, $"{signed}.{Base64Url.EncodeToString(signature)}")).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k1"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k1","n":"!!!","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"k1","k":"AAAA"}]}""")]
    public async Task Post_KeysUnreadable_NothingIsAccepted(string keys)
    {
        using var world = new WebhookFixture();
        world.Helpdesk.Instead = () => new(HttpStatusCode.OK) { Content = new StringContent(keys) };
        Assert.InRange((await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()))).Status, 401, 503);
        Assert.Empty(world.Started.Requests);
    }

    [Fact]
    public async Task Post_KeysAddressDown_Is503AndKnownKeysGoOn()
    {
        using var world = new WebhookFixture();
        world.Helpdesk.Instead = () => new(HttpStatusCode.BadGateway);
        Assert.Equal(503, (await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()))).Status);
        world.Helpdesk.Instead = null;
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()))).Status);
        world.Helpdesk.Instead = () => new(HttpStatusCode.BadGateway);
        world.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(200, (await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()))).Status);
    }

    [Fact]
    public async Task Post_NoWebhookConfigured_SaysWhichSetting()
    {
        using var world = new WebhookFixture(new());
        var answer = await PostAsync(world, world.Helpdesk.Token(world.Clock.GetUtcNow()));
        Assert.Equal(401, answer.Status);
        Assert.Contains("Webhooks:WebhookIds", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, world.Helpdesk.Asked);
    }

    private static Task<(int Status, string Body)> PostAsync(WebhookFixture world, string token) => world.PostAsync(Event, secret: null, token);
}
