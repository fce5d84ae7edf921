namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class EventTimeoutTests : DurableSuite
{
    private const string Canceled = "System.Threading.Tasks.TaskCanceledException: A task was canceled.";

    [Fact]
    public async Task WaitForExternalEvent_TimeIsOver_ThrowsTaskCanceled()
    {
        await UseLeapingClockAsync();

        var done = await RunAsync(async context =>
        {
            var begin = context.CurrentUtcDateTime;
            var caught = await CatchAsync(() => context.WaitForExternalEvent<string>("late", TimeSpan.FromSeconds(1)));
            return new Slept(caught, context.CurrentUtcDateTime - begin);
        });

        var slept = done.ReadOutputAs<Slept>()!;
        Assert.Equal(Canceled, slept.Caught);
        AssertSlept(TimeSpan.FromSeconds(1), slept.Time);
    }

    [Fact]
    public async Task WaitForExternalEvent_InTimeWithALongTimeout_DoesNotHoldTheInstance()
    {
        var id = await ScheduleAsync(context => context.WaitForExternalEvent<string>("soon", TimeSpan.FromDays(10)));

        await Durable.Client.RaiseEventAsync(id, "soon", "here", Soon);

        Assert.Equal("here", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_TimeoutWithABufferedEvent_TakesItAndStillMakesItsTimer()
    {
        var id = await ScheduleAsync(async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            var text = await context.WaitForExternalEvent<string>("data", TimeSpan.FromDays(10));
            return $"{text} {await NextTaskIdAsync(context)}";
        });

        await Durable.Client.RaiseEventAsync(id, "data", "buffered", Soon);
        await Durable.Client.RaiseEventAsync(id, "go", "now", Soon);

        Assert.Equal("buffered 1", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_TokenCancelledBefore_ThrowsAtOnce()
    {
        var done = await RunAsync(context => CatchAsync(
            () => context.WaitForExternalEvent<string>("data", new CancellationToken(canceled: true))));

        Assert.Equal(Canceled, done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_TokenCancelledLater_ThrowsTaskCanceledWithThatToken()
    {
        await UseLeapingClockAsync();

        var done = await RunAsync(async context =>
        {
            using var cancel = new CancellationTokenSource();
            var waiting = context.WaitForExternalEvent<string>("data", cancel.Token);
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            Cancel(cancel);
            try
            {
                return await waiting;
            }
            catch (TaskCanceledException given) when (given.CancellationToken == cancel.Token)
            {
                return given.Message;
            }
        });

        Assert.Equal("A task was canceled.", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_TimeoutAndToken_TheTokenEndsItFirst()
    {
        await UseLeapingClockAsync();

        var done = await RunAsync(async context =>
        {
            using var cancel = new CancellationTokenSource();
            var waiting = context.WaitForExternalEvent<string>("data", TimeSpan.FromDays(1), cancel.Token);
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            var begin = context.CurrentUtcDateTime;
            Cancel(cancel);
            return $"{await CatchAsync(() => waiting)} {context.CurrentUtcDateTime - begin}";
        });

        Assert.Equal($"{Canceled} 00:00:00", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_AfterAWaiterThatTimedOut_TheEventInBetweenIsKept()
    {
        var id = await ScheduleAsync(async context =>
        {
            await CatchAsync(() => context.WaitForExternalEvent<string>("data", TimeSpan.FromMilliseconds(1)));
            context.SetCustomStatus("timed out");
            await context.WaitForExternalEvent<string>("go");
            return await context.WaitForExternalEvent<string>("data");
        });
        await UntilStatusAsync(id, "timed out");

        foreach (var text in (string[])["e1", "e2"])
        {
            await Durable.Client.RaiseEventAsync(id, "data", text, Soon);
        }

        await Durable.Client.RaiseEventAsync(id, "go", "now", Soon);

        Assert.Equal("e1", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_NewWaiterOnTopOfACancelledOne_ReceivesAndTheNextEventIsKept()
    {
        var id = await ScheduleAsync(async context =>
        {
            await CatchAsync(() => context.WaitForExternalEvent<string>("data", new CancellationToken(canceled: true)));
            var first = await context.WaitForExternalEvent<string>("data");
            await context.WaitForExternalEvent<string>("go");
            return first + await context.WaitForExternalEvent<string>("data");
        });

        foreach (var text in (string[])["e1", "e2", "e3"])
        {
            await Durable.Client.RaiseEventAsync(id, "data", text, Soon);
        }

        await Durable.Client.RaiseEventAsync(id, "go", "now", Soon);

        Assert.Equal("e1e2", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_EventAndTimerInOneRace_WhenAnyTellsTheWinner()
    {
        var id = await ScheduleAsync(async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(2), cancel.Token);
            var data = context.WaitForExternalEvent<string>("data");
            var winner = await Task.WhenAny(timer, data);
            Cancel(cancel);
            return winner == data ? await data : "too late";
        });

        await Durable.Client.RaiseEventAsync(id, "data", "in time", Soon);

        Assert.Equal("in time", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    // CancelAsync would leave the orchestrator's thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static async Task<string> CatchAsync(Func<Task> action)
    {
        var caught = await Caught.ByAsync(action);
        return $"{caught.Type}: {caught.Message}";
    }

    private async Task UseLeapingClockAsync()
    {
        await Durable.DisposeAsync();
        Durable = DurableFixture.WithLeapingClock();
    }

    private sealed record Slept(string Caught, TimeSpan Time);
}
