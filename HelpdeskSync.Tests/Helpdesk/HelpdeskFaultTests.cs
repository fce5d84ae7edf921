using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>Each fault of the simulator, and what the client makes of it.</summary>
public sealed class HelpdeskFaultTests
{
    public static TheoryData<string, object> Passing => new()
    {
        { "500", new { errorRate = 0.3 } },
        { "503", new { errorRate = 0.3, errorStatus = 503 } },
        { "cut JSON", new { truncateJson = 0.3 } },
        { "cut connections", new { resetConnections = 0.3 } },
        { "halting bodies", new { slowBodies = 0.2 } },
        { "429 without Retry-After", new { latencyMs = 10, concurrency = 6 } },
        { "429 with Retry-After", new { rateLimit = new { perSecond = 60, retryAfterSeconds = 1 } } },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Fetch_FaultsThatPass_AreRetriedUntilTheRecordIsHad(string fault, object settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 60 }, cancellation);
        var (client, tickets) = Client(world, ("Helpdesk:MaxRetries", "10"), ("Helpdesk:AttemptTimeout", "00:00:01"));
        var keys = await world.KeysAsync("tickets", cancellation);
        await world.FaultsAsync(settings, cancellation);

        var results = await Task.WhenAll(keys.Select(key => client.FetchAsync(tickets, key, CallPurpose.Run, cancellation)));

        Assert.All(results, result => Assert.Equal(FetchOutcome.Found, result.Outcome));
        var requests = await world.RequestsAsync(cancellation);
        Assert.True(requests.GetProperty("total").GetInt32() > keys.Count, $"{fault} never happened: {requests}");
    }

    [Fact]
    public async Task Fetch_FaultThatStays_IsHandedOnAfterTheRetries()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world, ("Helpdesk:MaxRetries", "3"));
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { failIds = new[] { key.Id } }, cancellation);

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => client.FetchAsync(tickets, key, CallPurpose.Run, cancellation));

        Assert.Contains("500 INTERNAL_SERVER_ERROR", fault.Message);
        Assert.Equal(4, await CallsAsync(world, "500", cancellation));
    }

    [Fact]
    public async Task Fetch_LongRetryAfter_IsLeftToTheOrchestration()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { rateLimit = new { perSecond = 0, retryAfterSeconds = 500 } }, cancellation);

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => client.FetchAsync(tickets, key, CallPurpose.Run, cancellation));

        Assert.Equal(TimeSpan.FromSeconds(500), fault.RetryAfter);
        Assert.Equal(1, await CallsAsync(world, "429", cancellation));
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/api/v1")]
    [InlineData("http://127.0.0.1:1/api/v1")]
    public async Task Fetch_HelpdeskCannotBeReached_SaysSoAndIsToBeTriedAgain(string address)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world, ("Helpdesk:ApiBaseAddress", address), ("Helpdesk:MaxRetries", "2"));

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => client.FetchAsync(tickets, new("5"), CallPurpose.Run, cancellation));

        Assert.Matches("NameResolutionError|ConnectionError", fault.Message);
    }

    [Fact]
    public async Task Fetch_UnknownRecord_IsGoneAtTheFirstAnswer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world);

        var result = await client.FetchAsync(tickets, new("999"), CallPurpose.Run, cancellation);

        Assert.Equal(FetchOutcome.Gone, result.Outcome);
        Assert.Equal(1, await CallsAsync(world, "404", cancellation));
    }

    [Fact]
    public async Task Fetch_Forbidden_IsRefusedAtTheFirstAnswerAndNeverGone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { deny403 = true }, cancellation);

        var result = await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation);

        Assert.Equal(FetchOutcome.Refused, result.Outcome);
        Assert.Contains("scopes", result.Detail);
        Assert.Equal(1, await CallsAsync(world, "403", cancellation));
    }

    [Fact]
    public async Task Search_ParameterRefused_Is422AtTheFirstAnswerAndNamesTheDocument()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world);
        var wrong = tickets with { Search = tickets.Search! with { PageSize = 101 } };

        var refused = await Assert.ThrowsAsync<SourceRefusedException>(() => client.SearchAsync(
            wrong, SearchField.Created, new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)), 0, cancellation));

        Assert.Contains("422 INVALID_DATA", refused.Message);
        Assert.Contains("connector document", refused.Message);
        Assert.Equal(1, await CallsAsync(world, "422", cancellation, "GET /tickets/search"));
    }

    [Fact]
    public async Task Fetch_TokenExpires_IsRenewedOnceAndTheCallSucceeds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var (client, tickets) = Client(world);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation);
        await world.FaultsAsync(new { expireTokensAfterMs = 0 }, cancellation);
        await Assert.ThrowsAsync<SourceRefusedException>(() => client.FetchAsync(tickets, key, CallPurpose.Run, cancellation));
        await world.FaultsAsync(new { }, cancellation);

        Assert.Equal(FetchOutcome.Found, (await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation)).Outcome);
        // The one that had expired, the one that expired at once, and that one again.
        Assert.Equal(3, await CallsAsync(world, "401", cancellation));
    }

    private static (IHelpdeskClient Client, Entity Tickets) Client(HelpdeskWorld world, params (string, string)[] settings)
    {
        var instance = world.Instance(settings);
        return (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
    }

    private static async Task<int> CallsAsync(HelpdeskWorld world, string status, CancellationToken cancellationToken, string call = "GET /tickets/{ticketId}") =>
        (await world.RequestsAsync(cancellationToken)).GetProperty("endpoints").GetProperty(call).GetProperty(status).GetInt32();
}
