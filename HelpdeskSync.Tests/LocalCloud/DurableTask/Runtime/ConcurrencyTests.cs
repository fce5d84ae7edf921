using HelpdeskSync.LocalCloud.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

[Trait("Behaviour", "Local")]
public sealed class ConcurrencyTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task MaxConcurrentActivities_IsReachedAndNeverExceeded(int limit)
    {
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        durable.Configure = options => options with { MaxConcurrentActivities = limit };
        await durable.StartAsync(code => code
            .Orchestrator("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 40).Select(i => context.CallActivityAsync<int>("Busy", i)))).Length)
            .Activity<int, int>("Busy", async i =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == limit)
                {
                    full.TrySetResult();
                }

                // Nobody goes on before every place is taken, so that the limit is reached on any machine.
                await full.Task;
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return i;
            }));

        Assert.Equal("40", (await durable.RunAsync("FanOut")).SerializedOutput);
        Assert.Equal(limit, most);
    }

    [Fact]
    public async Task MaxConcurrentOrchestrators_OneTurnAtATime_StillRunsFamilies()
    {
        durable.Configure = options => options with { MaxConcurrentOrchestrators = 1 };
        await durable.StartAsync(code => code
            .Orchestrator("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 10).Select(i => context.CallSubOrchestratorAsync<int>("Child", i)))).Sum())
            .Orchestrator<int, int>("Child", (context, input) => context.CallActivityAsync<int>("Same", input))
            .Activity<int, int>("Same", i => i));

        Assert.Equal("45", (await durable.RunAsync("Parent")).SerializedOutput);
    }

    [Fact]
    public async Task FanOut_ThousandsOfResultsThatTrickleIn_AreTakenInByFewTurns()
    {
        const int Width = 3_000;
        await durable.StartAsync(code => code
            .Orchestrator("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, Width).Select(i => context.CallActivityAsync<int>("Trickle", i)))).Sum())
            .Activity<int, int>("Trickle", async i =>
            {
                await Task.Delay(1, DurableSuite.Soon);
                return i;
            }));

        var done = await durable.RunAsync("FanOut");

        Assert.Equal(Width * (Width - 1) / 2, done.ReadOutputAs<int>());
        var history = await durable.Engine.GetHistoryAsync(done.InstanceId, DurableSuite.Soon);
        Assert.True(history.Count(happened => happened.EventType == "OrchestratorStarted") < Width / 4, "Each turn replays the whole history.");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Limits_BelowOne_AreRefused(int activities, int orchestrators) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new DurableTaskEngine(
            new DurableTaskEngineOptions { DatabasePath = "x.db", MaxConcurrentActivities = activities, MaxConcurrentOrchestrators = orchestrators },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
