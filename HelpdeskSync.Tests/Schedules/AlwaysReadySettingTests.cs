using System.Text.Json.Nodes;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>The always-ready setting against a fake Resource Manager: changed only if different, and nothing else with it.</summary>
public sealed class AlwaysReadySettingTests
{
    private const string Get = $"GET {FakeResourceManager.SiteId}?api-version=2024-04-01";
    private const string Patch = $"PATCH {FakeResourceManager.SiteId}?api-version=2024-04-01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("null", 1, """[{"name":"http","instanceCount":1}]""")]
    [InlineData("[]", 2, """[{"name":"http","instanceCount":2}]""")]
    [InlineData("""[{"name":"durable","instanceCount":4},{"name":"http","instanceCount":2}]""", 1, """[{"name":"durable","instanceCount":4},{"name":"http","instanceCount":1}]""")]
    [InlineData("""[{"name":"http","instanceCount":1},{"name":"durable","instanceCount":4}]""", 0, """[{"name":"durable","instanceCount":4}]""")]
    public async Task Ensure_SettingDiffers_WritesItAndKeepsEverythingElse(string before, int wish, string after)
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Site = FakeResourceManager.SiteWith(before);

        var isChanged = await azure.Setting().EnsureAsync(["http"], wish, Cancel);

        Assert.True(isChanged);
        Assert.Equal(after, azure.AlwaysReady);
        Assert.True(JsonNode.DeepEquals(FakeResourceManager.SiteWith(after), azure.Site), azure.Site.ToJsonString());
        Assert.Equal([Get, Patch], azure.Requests);
        Assert.False(await azure.Setting().EnsureAsync(["http"], wish, Cancel));
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("""[{"name":"durable","instanceCount":4}]""", 0)]
    [InlineData("""[{"name":"http","instanceCount":0}]""", 0)]
    [InlineData("""[{"name":"HTTP","instanceCount":1},{"name":"durable","instanceCount":4}]""", 1)]
    public async Task Ensure_SettingIsAsWished_WritesNothing(string before, int wish)
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Site = FakeResourceManager.SiteWith(before);

        Assert.False(await azure.Setting().EnsureAsync(["http"], wish, Cancel));
        Assert.Equal([Get], azure.Requests);
    }

    [Fact]
    public async Task Ensure_SeveralGroups_AreWrittenAtOnce()
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);

        await azure.Setting().EnsureAsync(["http", "durable"], 1, Cancel);

        Assert.Equal(
            """[{"name":"function:Other","instanceCount":3},{"name":"http","instanceCount":1},{"name":"durable","instanceCount":1}]""", azure.AlwaysReady);
        Assert.Equal([Get, Patch], azure.Requests);
    }

    [Theory]
    [InlineData(401, "Website Contributor")]
    [InlineData(403, "Website Contributor")]
    [InlineData(404, "Warm:SiteResourceId")]
    [InlineData(400, "Warm:Groups")]
    [InlineData(302, "Warm:Groups")]
    public async Task Ensure_ResourceManagerRefuses_SaysWhatAPersonMustDo(int status, string remedy)
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Instead = method => method == "PATCH" ? (status, "secret details") : null;

        var refused = await Assert.ThrowsAsync<SourceRefusedException>(() => azure.Setting().EnsureAsync(["http"], 1, Cancel));

        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"answered with {status}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("arm-token", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", 429)]
    [InlineData("PATCH", 409)]
    [InlineData("PATCH", 412)]
    [InlineData("GET", 408)]
    [InlineData("PATCH", 500)]
    [InlineData("GET", 503)]
    public async Task Ensure_ResourceManagerIsUnable_AsksToTryAgain(string method, int status)
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Instead = asked => asked == method ? (status, string.Empty) : null;

        await Assert.ThrowsAsync<SourceUnavailableException>(() => azure.Setting().EnsureAsync(["http"], 1, Cancel));
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"properties":7}""")]
    public async Task Ensure_AnswerIsNotASite_WritesNothingAndAsksToTryAgain(string body)
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Instead = method => method == "GET" ? (200, body) : null;

        await Assert.ThrowsAsync<SourceUnavailableException>(() => azure.Setting().EnsureAsync(["http"], 1, Cancel));
        Assert.Equal([Get], azure.Requests);
    }

    [Fact]
    public async Task Ensure_SiteIsNoFlexApp_IsRefusedWithTheReason()
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Instead = _ => (200, """{"properties":{"state":"Running"}}""");

        var refused = await Assert.ThrowsAsync<SourceRefusedException>(() => azure.Setting().EnsureAsync(["http"], 1, Cancel));

        Assert.Contains("Flex Consumption", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_NobodyListens_AsksToTryAgain()
    {
        var azure = await FakeResourceManager.StartAsync(Cancel);
        await using var other = await FakeResourceManager.StartAsync(Cancel);
        var options = azure.Options();
        await azure.DisposeAsync();

        await Assert.ThrowsAsync<SourceUnavailableException>(() => other.Setting(options).EnsureAsync(["http"], 1, Cancel));
    }
}
