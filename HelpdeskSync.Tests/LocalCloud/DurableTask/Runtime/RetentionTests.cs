using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>Finished instances go when they are old enough; nothing else does.</summary>
[Trait("Behaviour", "Local")]
public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("durable-").FullName;
    private readonly FakeTimeProvider time = new(Now);
    private DurableTaskEngine? engine;

    private static CancellationToken Soon => DurableSuite.Soon;

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task KeepFinished_PurgesByTheEndsAge_AndNothingUnfinished()
    {
        var client = await StartAsync(TimeSpan.FromDays(30));
        await RunAsync(client, "old");
        await client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("alive"), Soon);
        await client.WaitForInstanceStartAsync("alive", Soon);
        time.Advance(TimeSpan.FromDays(29));
        await RunAsync(client, "young");

        time.Advance(TimeSpan.FromDays(1.5));
        await UntilGoneAsync(client, "old");

        Assert.Empty(await engine!.GetHistoryAsync("old", Soon));
        Assert.NotNull(await client.GetInstanceAsync("young", Soon));
        Assert.NotNull(await client.GetInstanceAsync("alive", Soon));
        time.Advance(TimeSpan.FromDays(30));
        await UntilGoneAsync(client, "young");
        Assert.NotNull(await client.GetInstanceAsync("alive", Soon));
    }

    [Fact]
    public async Task KeepFinished_AtTheStart_PurgesWhatGrewOldMeanwhile()
    {
        var client = await StartAsync(TimeSpan.FromDays(30));
        await Task.WhenAll(Enumerable.Range(0, 450).Select(i => RunAsync(client, $"old-{i}")));
        await engine!.StopAsync(Soon);
        time.Advance(TimeSpan.FromDays(31));

        client = await StartAsync(TimeSpan.FromDays(30));

        await UntilGoneAsync(client, "old-449");
        await foreach (var left in client.GetAllInstancesAsync())
        {
            await UntilGoneAsync(client, left.InstanceId);
        }
    }

    [Fact]
    public async Task KeepFinished_ByDefault_PurgesNothing()
    {
        var client = await StartAsync(new DurableTaskEngineOptions { DatabasePath = string.Empty }.KeepFinished);
        await RunAsync(client, "old");

        time.Advance(TimeSpan.FromDays(4000));
        await RunAsync(client, "new");

        Assert.NotNull(await client.GetInstanceAsync("old", Soon));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void KeepFinished_NotAboveZero_IsRefused(int seconds) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new DurableTaskEngine(
            new DurableTaskEngineOptions { DatabasePath = "x.db", KeepFinished = TimeSpan.FromSeconds(seconds) }, time, NullLoggerFactory.Instance));

    private static async Task RunAsync(DurableTaskClient client, string id)
    {
        await client.ScheduleNewOrchestrationInstanceAsync("Nothing", new StartOrchestrationOptions(id), Soon);
        await client.WaitForInstanceCompletionAsync(id, Soon);
    }

    /// <summary>
    /// Waits for a purge, a minute of the engine's time a look: when the clock leapt the loop that purges may not have slept yet, and then it
    /// sleeps by the new time, an hour at most.
    /// </summary>
    private async Task UntilGoneAsync(DurableTaskClient client, string id)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await client.GetInstanceAsync(id, limit.Token) is not null)
        {
            await Task.Delay(10, limit.Token);
            time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private async Task<DurableTaskClient> StartAsync(TimeSpan keep)
    {
        var options = new DurableTaskEngineOptions { DatabasePath = Path.Combine(folder, "hub.db"), KeepFinished = keep };
        engine = new DurableTaskEngine(options, time, NullLoggerFactory.Instance);
        engine.AddOrchestrator("Nothing", _ => Task.FromResult<object?>(null));
        engine.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<object?>("go"));
        await engine.StartAsync(Soon);
        return engine.Client;
    }
}
