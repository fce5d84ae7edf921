using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>The portal's budget, in the simulator's own count.</summary>
[Collection("Limits")]
public sealed class HelpdeskLimitTests
{
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
