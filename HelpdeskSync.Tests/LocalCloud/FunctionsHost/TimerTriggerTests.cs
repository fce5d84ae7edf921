using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed class TimerTriggerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tick_ClockReachesTheOccurrence_RunsOnceOnTime()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        await using var host = await StartAsync(new DataFolder(), clock, ticks, typeof(FiveMinutes));

        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, ticks.Waiting);
        clock.Advance(TimeSpan.FromMinutes(1));

        var tick = await ticks.NextAsync();
        Assert.False(tick.IsPastDue);
        Assert.Equal(default, tick.ScheduleStatus!.Last);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 10, 0, DateTimeKind.Utc), tick.ScheduleStatus.Next);
        Assert.Equal(0, ticks.Waiting);
    }

    [Fact]
    public async Task Start_OccurrenceWasMissed_CatchesUpOnceAsPastDue()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        using var folder = new DataFolder();
        await using (await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true))
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await ticks.NextAsync();
        }

        clock.Advance(TimeSpan.FromHours(3));
        await using var host = await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true);

        var tick = await ticks.NextAsync();
        Assert.True(tick.IsPastDue);
        Assert.Equal(Noon.AddMinutes(5).UtcDateTime, tick.ScheduleStatus!.Last);
        Assert.Equal(0, ticks.Waiting);
    }

    [Fact]
    public async Task Start_NothingWasMissed_WaitsForTheNextOccurrence()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        using var folder = new DataFolder();
        await using (await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true))
        {
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        await using var host = await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true);

        Assert.Equal(0, ticks.Waiting);
    }

    [Fact]
    public async Task Start_MissedButNotMonitored_IsNotCaughtUp()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        using var folder = new DataFolder();
        await using (await StartAsync(folder, clock, ticks, typeof(Unmonitored), keep: true))
        {
        }

        clock.Advance(TimeSpan.FromHours(3));
        await using var host = await StartAsync(folder, clock, ticks, typeof(Unmonitored), keep: true);

        Assert.Equal(0, ticks.Waiting);
    }

    [Fact]
    public async Task Start_RunOnStartup_RunsAtOnceAndThenOnSchedule()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        using var folder = new DataFolder();
        await using var host = await StartAsync(folder, clock, ticks, typeof(AtStartup), keep: true);

        Assert.False((await ticks.NextAsync()).IsPastDue);
        await SavedAsync(folder, last: Noon);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False((await ticks.NextAsync()).IsPastDue);
    }

    [Fact]
    public async Task Tick_FunctionThrows_RunsAgainAtTheNextOccurrence()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks { Failure = new InvalidOperationException("boom") });
        using var folder = new DataFolder();
        await using var host = await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true);

        clock.Advance(TimeSpan.FromMinutes(5));
        await ticks.NextAsync();
        await SavedAsync(folder, last: Noon.AddMinutes(5));
        clock.Advance(TimeSpan.FromMinutes(5));

        await ticks.NextAsync();
    }

    [Fact]
    public async Task Tick_EarlierInvocationStillRuns_DoesNotOverlap()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks { Hold = new TaskCompletionSource() });
        using var folder = new DataFolder();
        await using var host = await StartAsync(folder, clock, ticks, typeof(FiveMinutes), keep: true);
        clock.Advance(TimeSpan.FromMinutes(5));
        await ticks.NextAsync();

        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, ticks.Waiting);
        ticks.Hold.SetResult();
        await SavedAsync(folder, last: Noon.AddMinutes(5));
        clock.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(Noon.AddMinutes(5).UtcDateTime, (await ticks.NextAsync()).ScheduleStatus!.Last);
    }

    [Fact]
    public async Task Schedule_NamedBySetting_IsReadFromIt()
    {
        var (clock, ticks) = (new FakeTimeProvider(Noon), new Ticks());
        await using var host = await StartAsync(
            new DataFolder(), clock, ticks, typeof(BySetting), settings: new() { ["Tick:Schedule"] = "15 1 12 1 MAR SUN" });

        clock.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal(0, ticks.Waiting);
        clock.Advance(TimeSpan.FromSeconds(1));

        await ticks.NextAsync();
    }

    /// <summary>Ends when the timer has put down its last invocation; from then on it waits for the occurrence after it.</summary>
    private static async Task SavedAsync(DataFolder folder, DateTimeOffset last)
    {
        var path = Path.Combine(folder.Path, "timers", "Tick.json");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(path, limit.Token));
            if (state.RootElement.GetProperty("Last") is { ValueKind: JsonValueKind.String } saved && saved.GetDateTimeOffset() == last)
            {
                return;
            }

            await Task.Delay(5, limit.Token);
        }
    }

    private static Task<TestHost> StartAsync(
        DataFolder folder, FakeTimeProvider clock, Ticks ticks, Type functions, bool keep = false, Dictionary<string, string?>? settings = null) =>
        TestHost.StartAsync(
            keep ? folder.Kept() : folder,
            builder => builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(ticks),
            settings,
            functions);

    private sealed class Ticks
    {
        private readonly Channel<TimerInfo> seen = Channel.CreateUnbounded<TimerInfo>();

        public int Waiting => seen.Reader.Count;

        public TaskCompletionSource? Hold { get; init; }

        public Exception? Failure { get; init; }

        public Task<TimerInfo> NextAsync() => seen.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        public async Task TakeAsync(TimerInfo timer)
        {
            await seen.Writer.WriteAsync(timer, Cancel);
            await (Hold?.Task ?? Task.CompletedTask);
            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }

    private sealed class FiveMinutes(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => ticks.TakeAsync(timer);
    }

    private sealed class Unmonitored(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer) => ticks.TakeAsync(timer);
    }

    private sealed class AtStartup(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer) => ticks.TakeAsync(timer);
    }

    private sealed class BySetting(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("%Tick:Schedule%")] TimerInfo timer) => ticks.TakeAsync(timer);
    }
}
