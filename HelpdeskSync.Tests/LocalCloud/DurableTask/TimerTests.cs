using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class TimerTests : DurableSuite
{
    private int runs;

    public TimerTests() => Durable = DurableFixture.WithLeapingClock();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-90_000)]
    public async Task CreateTimer_NoTimeOrPast_FiresAtOnceInATurnOfItsOwn(int seconds)
    {
        var done = await RunAsync(async context =>
        {
            Interlocked.Increment(ref runs);
            var begin = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);
            return context.CurrentUtcDateTime - begin;
        });

        AssertSlept(TimeSpan.Zero, done.ReadOutputAs<TimeSpan>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task CreateTimer_BeginOfTime_FiresAtOnce()
    {
        var done = await RunAsync(async context =>
        {
            await context.CreateTimer(DateTime.MinValue, CancellationToken.None);
            return await NextTaskIdAsync(context);
        });

        Assert.Equal(1, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task CreateTimer_Delay_PassesOnTheOrchestratorsClock()
    {
        var (slept, next) = await SleepAsync(context => context.CreateTimer(TimeSpan.FromSeconds(1.5), CancellationToken.None));

        AssertSlept(TimeSpan.FromSeconds(1.5), slept);
        Assert.Equal(1, next);
    }

    [Theory]
    [Trait("Needs", "Clock")]
    [InlineData(72, 1)]
    [InlineData(73, 2)]
    [InlineData(7 * 24, 3)]
    [InlineData(60 * 24, 20)]
    public async Task CreateTimer_LongerThanThreeDays_IsAChainOfTimers(int hours, int timers)
    {
        Assert.Equal(
            (TimeSpan.FromHours(hours), timers), await SleepAsync(context => context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None)));
    }

    [Fact]
    public async Task CreateTimer_LocalTime_IsConverted()
    {
        var (slept, _) = await SleepAsync(
            context => context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(1.2).ToLocalTime(), CancellationToken.None));

        AssertSlept(TimeSpan.FromSeconds(1.2), slept);
    }

    [Fact]
    public async Task CreateTimer_UnspecifiedTime_IsTakenAsLocal()
    {
        var (slept, _) = await SleepAsync(context => context.CreateTimer(
            DateTime.SpecifyKind(context.CurrentUtcDateTime.AddSeconds(1.2).ToLocalTime(), DateTimeKind.Unspecified), CancellationToken.None));

        AssertSlept(TimeSpan.FromSeconds(1.2), slept);
    }

    [Fact]
    public async Task CreateTimer_SeveralAtOnce_FireInTheOrderOfTheirTimes()
    {
        var done = await RunAsync(async context =>
        {
            var order = new List<int>();
            async Task Sleep(int thirds)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(300 * thirds), CancellationToken.None);
                order.Add(thirds);
            }

            await Task.WhenAll(Sleep(3), Sleep(1), Sleep(2));
            return order;
        });

        Assert.Equal([1, 2, 3], done.ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task CreateTimer_CancelledBefore_ThrowsInTheSameTurnButTakesANumber()
    {
        var done = await RunAsync(async context =>
        {
            Interlocked.Increment(ref runs);
            var caught = await Caught.ByAsync(() => context.CreateTimer(TimeSpan.FromHours(1), new CancellationToken(canceled: true)));
            return caught with { TaskId = runs == 1 ? 1 : 0 };
        });

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal(("System.Threading.Tasks.TaskCanceledException", "A task was canceled."), (caught.Type, caught.Message));
        Assert.Equal(1, caught.TaskId);
    }

    [Fact]
    public async Task CreateTimer_CancelledBefore_IsRecordedAllTheSame()
    {
        var (_, next) = await SleepAsync(context => Caught.ByAsync(
            () => context.CreateTimer(TimeSpan.FromDays(30), new CancellationToken(canceled: true))));

        Assert.Equal(1, next);
    }

    [Fact]
    public async Task CreateTimer_CancelledLater_EndsTheAwaitAndDoesNotHoldTheInstance()
    {
        await UseRealClockAsync();

        var done = await RunAsync(
            async context =>
            {
                using var cancel = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(10), cancel.Token);
                await context.CallActivityAsync("Fine");
#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
                cancel.Cancel();
#pragma warning restore CA1849
                return (string[])[(await Caught.ByAsync(() => timer)).Type, timer.Status.ToString()];
            },
            code => code.Activity<object, int>("Fine", _ => 1));

        Assert.Equal(["System.Threading.Tasks.TaskCanceledException", "Canceled"], done.ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task CreateTimer_CancelledAndDueLater_FiresUnheard()
    {
        var done = await RunAsync(async context =>
        {
            using var cancel = new CancellationTokenSource();
            _ = context.CreateTimer(TimeSpan.FromMilliseconds(500), cancel.Token);
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
            cancel.Cancel();
#pragma warning restore CA1849
            await context.CreateTimer(TimeSpan.FromMilliseconds(600), CancellationToken.None);
            return "slept";
        });

        Assert.Equal("slept", done.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false, OrchestrationRuntimeStatus.Completed)]
    [InlineData(true, OrchestrationRuntimeStatus.Failed)]
    public async Task Return_TimerStillOpen_EndsOnlyWhenItHasFired(bool throws, OrchestrationRuntimeStatus expected)
    {
        var done = await RunAsync(context =>
        {
            _ = context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return throws ? throw new BareException("early") : Task.FromResult("early");
        });

        Assert.Equal(expected, done.RuntimeStatus);
        Assert.Equal("early", done.SerializedOutput!.Trim('"'));
        Assert.True(done.LastUpdatedAt - done.CreatedAt >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task CreateTimer_ShortOnTheRealClock_TakesAboutAsLong()
    {
        await UseRealClockAsync();

        var (slept, _) = await SleepAsync(context => context.CreateTimer(TimeSpan.FromMilliseconds(150), CancellationToken.None));

        Assert.InRange(slept, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(20));
    }

    private async Task UseRealClockAsync()
    {
        await Durable.DisposeAsync();
        Durable = new DurableFixture();
    }

    /// <summary>How long it slept on the orchestrator's clock, and the number of the next call.</summary>
    private async Task<(TimeSpan Slept, int NextId)> SleepAsync(Func<TaskOrchestrationContext, Task> sleep)
    {
        var done = await RunAsync(async context =>
        {
            var begin = context.CurrentUtcDateTime;
            await sleep(context);
            var slept = context.CurrentUtcDateTime - begin;
            return new Slept(slept, await NextTaskIdAsync(context));
        });
        var seen = done.ReadOutputAs<Slept>()!;
        return (seen.Time, seen.NextId);
    }

    private sealed record Slept(TimeSpan Time, int NextId);
}
