using System.Net;
using System.Text.Json;

namespace HelpdeskSync.Tests.Simulator;

/// <summary>Every call of design/simulator.md's table of controls.</summary>
public sealed class SimulatorControlTests
{
    [Fact]
    public async Task Records_CreatedChangedTrashedRestoredPurged_AnswerAsTheyAre()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var (created, ticket) = await simulator.SendAsync(HttpMethod.Post, "_simulator/records/tickets", new { subject = "Planted" });
        var id = ticket.GetProperty("id").GetString();
        var detail = $"api/v1/tickets/{id}";

        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal("Planted", (await simulator.GetAsync(detail)).Body.GetProperty("subject").GetString());
        await simulator.SendAsync(HttpMethod.Put, $"_simulator/records/tickets/{id}", new { subject = "Changed" });
        Assert.Equal("Changed", (await simulator.GetAsync(detail)).Body.GetProperty("subject").GetString());
        await simulator.SendAsync(HttpMethod.Delete, $"_simulator/records/tickets/{id}");
        Assert.True((await simulator.GetAsync(detail)).Body.GetProperty("isTrashed").GetBoolean());
        await simulator.SendAsync(HttpMethod.Post, $"_simulator/records/tickets/{id}/restore");
        Assert.False((await simulator.GetAsync(detail)).Body.GetProperty("isTrashed").GetBoolean());
        await simulator.SendAsync(HttpMethod.Delete, $"_simulator/records/tickets/{id}?purge=true");
        Assert.Equal(HttpStatusCode.NotFound, (await simulator.GetAsync(detail)).Status);

        var versions = (await simulator.GetAsync($"_simulator/versions/tickets/{id}")).Body;
        Assert.False(versions.GetProperty("alive").GetBoolean());
        Assert.Equal(
            ["created", "updated", "deleted", "restored", "purged"],
            versions.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("change").GetString()!));
    }

    [Fact]
    public async Task Records_ChildOfATicket_ChangesItsCountAndGoesWithIt()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var ticket = JsonSerializer.Deserialize<JsonElement>((await simulator.RecordsAsync("tickets"))[0]);
        var id = ticket.GetProperty("id").GetString();
        var (_, comment) = await simulator.SendAsync(HttpMethod.Post, $"_simulator/records/comments?parent={id}");
        var child = $"api/v1/tickets/{id}/comments/{comment.GetProperty("id").GetString()}";

        Assert.Equal(Count(ticket) + 1, Count((await simulator.GetAsync($"api/v1/tickets/{id}")).Body));
        Assert.Equal(HttpStatusCode.OK, (await simulator.GetAsync(child)).Status);
        await simulator.SendAsync(HttpMethod.Delete, $"_simulator/records/tickets/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await simulator.GetAsync(child)).Status);

        static int Count(JsonElement record) => int.Parse(record.GetProperty("commentCount").ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Changes_Stream_RunsAndCanBeStopped()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var (status, _) = await simulator.SendAsync(
            HttpMethod.Post, "_simulator/changes", new { perSecond = 200, seconds = 60, mix = new { create = 1, update = 6, comment = 3, thread = 3, delete = 1, restore = 0.2 } });
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(HttpStatusCode.Conflict, (await simulator.SendAsync(HttpMethod.Post, "_simulator/changes", new { perSecond = 1 })).Status);
        for (var deadline = Environment.TickCount64 + 60_000; (await simulator.GetAsync("_simulator/changes")).Body.GetProperty("applied").GetInt32() < 20;)
        {
            Assert.True(Environment.TickCount64 < deadline, "No changes within a minute.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False((await simulator.SendAsync(HttpMethod.Delete, "_simulator/changes")).Body.GetProperty("running").GetBoolean());
        var state = (await simulator.GetAsync("_simulator/state")).Body.GetProperty("tables").GetProperty("tickets");
        Assert.True(state.GetProperty("versions").GetInt32() > 40, state.ToString());
    }

    [Theory]
    [InlineData("PUT", "_simulator/faults", """{"latency":5}""", 400)]
    [InlineData("PUT", "_simulator/faults", """{"errorStatus":404}""", 400)]
    [InlineData("PUT", "_simulator/webhooks", """{"url":"ftp://x"}""", 400)]
    [InlineData("POST", "_simulator/changes", """{"perSecond":0}""", 400)]
    [InlineData("POST", "_simulator/records/tickts", "{}", 404)]
    [InlineData("POST", "_simulator/records/tickets", """{"id":"5"}""", 400)]
    [InlineData("POST", "_simulator/records/threads", "{}", 404)]
    [InlineData("DELETE", "_simulator/records/tickets/5", null, 404)]
    public async Task Controls_WrongCall_IsRefusedWithTheReason(string method, string path, string? body, int status)
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var (answered, error) = await simulator.SendAsync(new HttpMethod(method), path, body is null ? null : JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(status, (int)answered);
        Assert.NotEmpty(error.GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("""{"errorRate":1,"errorStatus":503}""", 503)]
    [InlineData("""{"deny403":true}""", 403)]
    [InlineData("""{"emptyListings":true}""", 204)]
    [InlineData("""{"creditsLeft":2}""", 429)]
    [InlineData("""{"rateLimit":{"perSecond":0,"retryAfterSeconds":7}}""", 429)]
    [InlineData("""{"concurrency":0}""", 429)]
    [InlineData("""{"expireTokensAfterMs":0}""", 401)]
    [InlineData("{}", 200)]
    public async Task Faults_EachKind_AnswersAsTold(string faults, int status)
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", JsonSerializer.Deserialize<JsonElement>(faults));
        using var answer = await simulator.Http.GetAsync("api/v1/tickets", TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(faults.Contains("creditsLeft", StringComparison.Ordinal) || faults.Contains("retryAfter", StringComparison.Ordinal), answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task Faults_OfTheWire_ReachTheCaller()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { resetConnections = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.GetAsync("api/v1/tickets"));
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { truncateJson = 1 });
        await Assert.ThrowsAsync<JsonException>(() => simulator.GetAsync("api/v1/tickets"));
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { slowBodies = 1, slowBodyMs = 600_000 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulator.Http.GetStringAsync("api/v1/tickets", patience.Token));
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { numericIds = true });
        Assert.Equal(JsonValueKind.Number, (await simulator.GetAsync("api/v1/tickets")).Body.GetProperty("data")[0].GetProperty("id").ValueKind);
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { changeAfterPage = 1 });
        var before = (await simulator.GetAsync("_simulator/state")).Body.GetProperty("tables").ToString();
        await simulator.GetAsync("api/v1/tickets");
        Assert.NotEqual(before, (await simulator.GetAsync("_simulator/state")).Body.GetProperty("tables").ToString());

        var cut = (await simulator.GetAsync("_simulator/requests")).Body.GetProperty("endpoints").GetProperty("GET /tickets");
        Assert.Equal(1, cut.GetProperty("0").GetInt32());
    }

    [Fact]
    public async Task Requests_CountsCallsCreditsAndConcurrency_AndCanBeReset()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        await simulator.SendAsync(HttpMethod.Delete, "_simulator/requests");
        await simulator.SendAsync(HttpMethod.Put, "_simulator/faults", new { latencyMs = 300 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => simulator.GetAsync("api/v1/tickets")));

        var requests = (await simulator.GetAsync("_simulator/requests")).Body;
        Assert.Equal(4, requests.GetProperty("endpoints").GetProperty("GET /tickets").GetProperty("200").GetInt32());
        Assert.Equal(12, requests.GetProperty("creditsSpent").GetInt32());
        Assert.InRange(requests.GetProperty("highestConcurrency").GetInt32(), 2, 4);
        Assert.InRange(requests.GetProperty("averageConcurrency").GetDouble(), 0.5, 4);
        Assert.Equal(0, (await simulator.SendAsync(HttpMethod.Delete, "_simulator/requests")).Body.GetProperty("total").GetInt32());
    }
}
