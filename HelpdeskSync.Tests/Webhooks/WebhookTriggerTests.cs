using System.Text;
using CsCheck;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Tests.Webhooks;

public sealed class WebhookTriggerTests
{
    private const string Event = """{"eventType":"ticket.updated","entity":{"type":"ticket","id":"5"}}""";

    [Fact]
    public async Task Post_SecretBeingRotated_BothAreGoodAndTheThirdIsNot()
    {
        using var world = await new WebhookFixture().SeedAsync();
        Assert.Equal(200, (await world.PostAsync(Event)).Status);
        await world.Vault.EnsureSecretAsync("p", "helpdesk-webhook-secret", "second", TestContext.Current.CancellationToken);

        // The sender may switch before the app's memory of the secret has ended.
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await world.PostAsync(Event, "second")).Status);
        Assert.Equal(200, (await world.PostAsync(Event)).Status);
        await world.Vault.EnsureSecretAsync("p", "helpdesk-webhook-secret", "third", TestContext.Current.CancellationToken);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(200, (await world.PostAsync(Event, "third")).Status);
        Assert.Equal(200, (await world.PostAsync(Event, "second")).Status);
        Assert.Equal(401, (await world.PostAsync(Event)).Status);
        await world.Vault.DestroyAsync("p", "helpdesk-webhook-secret", "2", TestContext.Current.CancellationToken);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(401, (await world.PostAsync(Event, "second")).Status);
        Assert.Equal(401, (await world.PostAsync(Event, "")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData(" {\n} ")]
    [InlineData("[ ]\r\n")]
    public async Task Post_UnsignedAndEmpty_IsZohosValidation(string body)
    {
        using var world = new WebhookFixture();
        Assert.Equal((200, """{"accepted":[],"ignored":[]}"""), await world.PostAsync(body, secret: null));
        Assert.Equal(401, (await world.PostAsync(body, secret: null, token: "x")).Status);
        Assert.Equal(401, (await world.PostAsync("[{}]", secret: null)).Status);
    }

    [Fact]
    public async Task Post_FiveHundredEvents_StartsEachOnceWithBoundedParallelism()
    {
        using var world = await new WebhookFixture().SeedAsync();
        world.Started.Before = async _ => await Task.Yield();
        var events = Enumerable.Range(0, 500).Select(id => $$$"""{"eventType":"Ticket_Update","payload":{"id":"{{{id}}}"}}""");
        var answer = await world.PostAsync($"[{string.Join(',', events)}]");
        Assert.Equal(200, answer.Status);
        Assert.Equal(500, world.Started.Requests.Select(request => request.Key.Id).Distinct().Count());
        Assert.InRange(world.Started.MostAtOnce, 2, 128);
    }

    [Fact]
    public async Task Post_StartsThatTakeLong_AreStartedAgainForAFetchAfterTheAnswer()
    {
        using var world = await new WebhookFixture().SeedAsync();
        world.Started.Before = number =>
        {
            world.Clock.Advance(number == 1 ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(1));
            return Task.CompletedTask;
        };
        Assert.Equal(200, (await world.PostAsync(Event)).Status);
        Assert.Equal(2, world.Started.Requests.Count);
        Assert.True(world.Started.Requests[^1].FetchAt > world.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Post_DurableStoreDown_Is503AndNothingIsSaidToBeAccepted()
    {
        using var world = await new WebhookFixture().SeedAsync();
        world.Started.Before = number => number == 3 ? Task.FromException(new IOException("disk full")) : Task.CompletedTask;
        var events = Enumerable.Range(0, 20).Select(id => $$$"""{"eventType":"Ticket_Update","payload":{"id":"{{{id}}}"}}""");
        var answer = await world.PostAsync($"[{string.Join(',', events)}]");
        Assert.Equal(503, answer.Status);
        Assert.DoesNotContain("accepted", answer.Body, StringComparison.Ordinal);
        Assert.Contains("Send them again", answer.Body, StringComparison.Ordinal);
        world.Started.Before = _ => Task.FromException(new TaskCanceledException("the store's own time-out"));
        Assert.Equal(503, (await world.PostAsync(Event)).Status);
    }

    [Fact]
    public async Task Post_DurableStoreHangs_Is503BeforeTheHelpdeskGivesUp()
    {
        using var world = await new WebhookFixture(new() { StartTimeout = TimeSpan.FromMilliseconds(100) }).SeedAsync();
        var forever = new TaskCompletionSource();
        world.Started.Before = _ => forever.Task;
        var answer = await world.PostAsync(Event);
        Assert.Equal(503, answer.Status);
        Assert.DoesNotContain("accepted", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyLongerThanItsLimit_IsNotReadToItsEnd()
    {
        using var world = await new WebhookFixture().SeedAsync();
        var endless = new EndlessBody();
        var http = new DefaultHttpContext();
        http.Request.Body = endless;
        Assert.Equal(413, (await world.SendAsync(http)).Status);
        Assert.InRange(endless.Given, 1024 * 1024, (1024 * 1024) + (64 * 1024));

        var announced = new DefaultHttpContext();
        announced.Request.Body = endless;
        announced.Request.ContentLength = 2L * 1024 * 1024 * 1024;
        var before = endless.Given;
        Assert.Equal(413, (await world.SendAsync(announced)).Status);
        Assert.Equal(before, endless.Given);
    }

    [Fact]
    public async Task Post_AnyBytesSignedOrNot_IsNeverAServerError()
    {
        using var world = await new WebhookFixture().SeedAsync();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Bodies.SampleAsync(
            async body =>
            {
                var signed = await world.PostAsync(body);
                var unsigned = await world.PostAsync(body, secret: null);
                statuses.AddOrUpdate(signed.Status, 1, (_, count) => count + 1);
                return signed.Status is 200 or 400 && unsigned.Status is 401 or 200;
            },
            iter: 2_000);
        Assert.True(statuses.GetValueOrDefault(200) > 100 && statuses.GetValueOrDefault(400) > 100, string.Join(' ', statuses));
    }

    [Fact]
    public async Task Post_AnyHeader_Is401()
    {
        using var world = await new WebhookFixture().SeedAsync();
        await Gen.String.SampleAsync(
            async header =>
            {
                var http = new DefaultHttpContext();
                http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Event));
                http.Request.Headers[WebhookVerifier.SignatureHeader] = header;
                http.Request.Headers[WebhookToken.Header] = header.Length % 2 == 0 ? default : header;
                return (await world.SendAsync(http)).Status == 401;
            },
            iter: 500);
    }

    // Whole documents of every wrong kind, and right ones with bytes changed.
    private static Gen<byte[]> Bodies { get; } = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.String[0, 100].Select(Encoding.UTF8.GetBytes),
        Gen.OneOf(
            "null", "true", "0", "\"text\"", "[null]", "[[]]", "[0]", "{", "]", "[{}]", "[,]", "\uFEFF[]", "{\"entity\":null}", "{\"eventType\":5}", "{\"eventType\":\"Ticket_Update\"}",
            "{\"eventType\":\"Ticket_Update\",\"payload\":[]}", "{\"eventType\":\"Ticket_Update\",\"payload\":{\"id\":1e400}}", "{\"eventType\":\"Ticket_Update\",\"payload\":{\"id\":{}}}",
            "{\"eventType\":\"\\ud800\",\"payload\":{\"id\":\"\\udfff\"}}", "{\"eventType\":\"Ticket_Update\",\"payload\":{\"id\":\"\\ud800\"}}", "{\"entity\":{\"type\":\"\\ud800\",\"id\":\"\\u0000\"}}",
            "{\"entity\":{\"type\":\"ticket\",\"id\":\"../..\"}}", "{\"entity\":{\"type\":\"comment\",\"id\":\"1\",\"parentId\":{}}}", "{\"\\ud800\":1,\"eventType\":\"Ticket_Update\",\"payload\":{\"id\":\"7\"}}",
            "{\"entity\":{\"type\":\"ticket\",\"id\":\"" + new string('9', 300) + "\"}}", new string('[', 5_000), "[" + new string('{', 100), "{\"a\":" + new string('[', 63) + new string(']', 63) + "}")
            .Select(Encoding.UTF8.GetBytes),
        Gen.Select(
            Gen.OneOf(Event, "[" + Event + "]", """[{"eventType":"Ticket_Delete","payload":{"id":"9"},"eventTime":"1","orgId":"7"},{"eventType":"Unknown_Event","payload":{}}]"""),
            Gen.Int[0, 300],
            Gen.Byte,
            Gen.Bool,
            (text, at, value, isChanged) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                bytes[at % bytes.Length] = isChanged ? value : bytes[at % bytes.Length];
                return bytes;
            }));

    private sealed class EndlessBody : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
