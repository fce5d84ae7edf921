using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>The portal's budget, in the simulator's own count.</summary>
[Collection("Limits")]
public sealed class HelpdeskLimitTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(2, 25)]
    public async Task Fetch_SeveralInstancesWithMuchWork_NeverExceedAndUseThePortalsConcurrency(int instances, int limit)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 300, Concurrency = limit }, cancellation);
        await world.FaultsAsync(new { latencyMs = 250, jitterMs = 20 }, cancellation);
        var keys = await world.KeysAsync("tickets", cancellation);
        var clients = Enumerable.Range(0, instances).Select(_ => world.Instance(("Helpdesk:MaxConcurrency", $"{limit}"))).ToList();
        var calls = limit * 18 / instances;

        // The shares have to be found first; that is not measured. Answers take so long that the caller's own time between two calls does not count.
        await FetchAsync(clients, keys, calls / 3, cancellation);
        await world.ResetRequestsAsync(cancellation);
        await FetchAsync(clients, keys, calls, cancellation);

        var requests = await world.RequestsAsync(cancellation);
        Assert.False(requests.GetProperty("endpoints").GetProperty("GET /tickets/{ticketId}").TryGetProperty("429", out _), requests.ToString());
        Assert.True(requests.GetProperty("highestConcurrency").GetInt32() <= limit, requests.ToString());
        // An instance that is done before the others leaves its share to them within a second or so: several are held to less at the end.
        var least = instances == 1 ? 0.9 : 0.6;
        Assert.True(requests.GetProperty("averageConcurrency").GetDouble() >= least * limit, requests.ToString());
    }

    [Fact]
    public async Task Fetch_TwoInstancesWithMuchWork_NeverExceedAndUseThePortalsRate()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 200 }, cancellation);
        await world.FaultsAsync(new { latencyMs = 30, rateLimit = new { perSecond = 40 } }, cancellation);
        var keys = await world.KeysAsync("tickets", cancellation);
        var clients = Enumerable.Range(0, 2).Select(_ => world.Instance(("Helpdesk:MaxPerSecond", "40"))).ToList();

        var started = TimeProvider.System.GetTimestamp();
        await FetchAsync(clients, keys, 100, cancellation);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        var requests = await world.RequestsAsync(cancellation);
        Assert.True(requests.GetProperty("highestPerSecond").GetInt32() <= 40, requests.ToString());
        Assert.False(requests.GetProperty("endpoints").GetProperty("GET /tickets/{ticketId}").TryGetProperty("429", out _), requests.ToString());
        Assert.InRange(seconds, 4.5, 60);
    }

    [Fact]
    public async Task Fetch_RunTakesEverything_AnEventOfAnotherInstanceIsServedSoon()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 300, Concurrency = 5 }, cancellation);
        await world.FaultsAsync(new { latencyMs = 50 }, cancellation);
        var keys = await world.KeysAsync("tickets", cancellation);
        var (busy, other) = (world.Instance(("Helpdesk:MaxConcurrency", "5")), world.Instance(("Helpdesk:MaxConcurrency", "5")));
        var run = FetchAsync([busy], keys, 600, cancellation);
        await world.UntilAsync(requests => requests.GetProperty("total").GetInt32() > 50, cancellation);

        var entity = other.GetRequiredService<Connector>().FindTable("tickets")!;
        await other.GetRequiredService<IHelpdeskClient>().FetchAsync(entity, keys[0], CallPurpose.Live, cancellation);

        Assert.False(run.IsCompleted, "The event waited for the whole run.");
        await run;
    }

    [Fact]
    public async Task Fetch_CreditsReachTheReserve_RunsPauseAndEventsDoNot()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 50 }, cancellation);
        var instance = world.Instance(("Helpdesk:CreditReserve", "100"), ("Helpdesk:CreditRecheck", "00:10:00"));
        var (client, tickets) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { creditsLeft = 103 }, cancellation);

        var fetched = 0;
        var paused = await Assert.ThrowsAsync<SourcePausedException>(async () =>
        {
            for (; fetched < 20; fetched++)
            {
                await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation);
            }
        });

        Assert.Equal(3, fetched);
        Assert.InRange(paused.Until - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(FetchOutcome.Found, (await client.FetchAsync(tickets, key, CallPurpose.Live, cancellation)).Outcome);
        Assert.Equal(99, (await world.RequestsAsync(cancellation)).GetProperty("creditsRemaining").GetInt32());
    }

    [Fact]
    public async Task Fetch_CreditsReturn_RunsGoOnAfterTheRecheck()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 50 }, cancellation);
        var instance = world.Instance(("Helpdesk:CreditReserve", "100"), ("Helpdesk:CreditRecheck", "00:00:01"));
        var (client, tickets) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { creditsLeft = 50 }, cancellation);
        await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation);
        await Assert.ThrowsAsync<SourcePausedException>(() => client.FetchAsync(tickets, key, CallPurpose.Run, cancellation));
        await world.FaultsAsync(new { creditsLeft = 5000 }, cancellation);

        FetchResult? result = null;
        for (var deadline = Environment.TickCount64 + 30_000; result is null && Environment.TickCount64 < deadline;)
        {
            try
            {
                result = await client.FetchAsync(tickets, key, CallPurpose.Run, cancellation);
            }
            catch (SourcePausedException)
            {
                await Task.Delay(50, cancellation);
            }
        }

        Assert.Equal(FetchOutcome.Found, result?.Outcome);
    }

    [Fact]
    public async Task Fetch_CreditsUsedUp_EverythingPausesUntilTheHelpdeskSaysAndIsNotRepeated()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 50 }, cancellation);
        var instance = world.Instance();
        var (client, tickets) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
        var key = (await world.KeysAsync("tickets", cancellation))[0];
        await world.FaultsAsync(new { creditsLeft = 0 }, cancellation);

        var first = await Assert.ThrowsAsync<SourcePausedException>(() => client.FetchAsync(tickets, key, CallPurpose.Live, cancellation));
        await Assert.ThrowsAsync<SourcePausedException>(() => client.FetchAsync(tickets, key, CallPurpose.Live, cancellation));

        var midnight = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        Assert.InRange(first.Until, midnight.AddMinutes(-1), midnight.AddMinutes(1));
        Assert.Equal(1, (await world.RequestsAsync(cancellation)).GetProperty("endpoints").GetProperty("GET /tickets/{ticketId}").GetProperty("429").GetInt32());
    }

    private static async Task FetchAsync(IReadOnlyList<ServiceProvider> instances, List<RecordKey> keys, int callsEach, CancellationToken cancellationToken) =>
        await Task.WhenAll(instances.SelectMany(instance =>
        {
            var (client, tickets) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
            return Enumerable.Range(0, callsEach).Select(call => client.FetchAsync(tickets, keys[call % keys.Count], CallPurpose.Run, cancellationToken));
        }));
}

/// <summary>These measure how busy the helpdesk is kept; what else runs in this process would be measured too.</summary>
[CollectionDefinition("Limits", DisableParallelization = true)]
public sealed class LimitsDefinition;
