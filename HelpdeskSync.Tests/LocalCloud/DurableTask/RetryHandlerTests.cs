using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class RetryHandlerTests : DurableSuite
{
    private int executions;
    private int questions;

    [Fact]
    public async Task Handler_SaysYesTwice_TriesThreeTimesWithoutTimers()
    {
        var seen = await FailAsync(retry => retry.LastAttemptNumber < 3);

        Assert.Equal(3, executions);
        Assert.Equal((2, 3), (seen.Caught.TaskId, seen.NextId));
        Assert.Equal("Task 'Boom' (#2) failed with an unhandled exception: boom 3", seen.Caught.Message);
    }

    [Fact]
    public async Task Handler_Asynchronous_IsAwaited()
    {
        var seen = await FailAsync(TaskOptions.FromRetryHandler(async retry =>
        {
            await Task.Yield();
            return retry.LastAttemptNumber < 2;
        }));

        Assert.Equal(2, executions);
        Assert.Equal((1, 2), (seen.Caught.TaskId, seen.NextId));
    }

    [Fact]
    public async Task Handler_AsynchronousWithTimer_MakesADelay()
    {
        await Durable.DisposeAsync();
        Durable = DurableFixture.WithLeapingClock();

        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                await context.CallActivityAsync("Boom", TaskOptions.FromRetryHandler(async retry =>
                {
                    await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMilliseconds(400), CancellationToken.None);
                    return true;
                }));
                return context.CurrentUtcDateTime - begin;
            },
            code => code.Activity<object, int>("Boom", _ => ++executions < 3 ? throw new BareException("boom") : 1));

        AssertSlept(TimeSpan.FromMilliseconds(800), done.ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task Handler_Context_TellsAttemptFailureAndTime()
    {
        var seen = new Dictionary<int, RetryContext>();
        TaskOrchestrationContext? outer = null;

        await RunAsync(
            context =>
            {
                outer = context;
                seen.Clear();
                return Caught.ByAsync(() => context.CallActivityAsync("Boom", TaskOptions.FromRetryHandler(retry =>
                {
                    seen.Add(retry.LastAttemptNumber, retry);
                    return retry.LastAttemptNumber < 3;
                })));
            },
            code => code.Failing("Boom", () => new BareException($"boom {++executions}")));

        Assert.Equal([1, 2, 3], seen.Keys.Order());
        Assert.Equal(["BareException: boom 1", "BareException: boom 2", "BareException: boom 3"], seen.Values.Select(retry => retry.LastFailure.ToString()));
        Assert.All(seen.Values, retry => Assert.Same(outer, retry.OrchestrationContext));
        Assert.All(seen.Values, retry => Assert.False(retry.CancellationToken.CanBeCanceled));
        Assert.True(seen[1].TotalRetryTime > TimeSpan.Zero);
        Assert.True(seen[3].TotalRetryTime > seen[1].TotalRetryTime);
    }

    [Fact]
    public async Task Handler_Throws_ReplacesTheFailure()
    {
        var seen = await FailAsync(_ => throw new InvalidOperationException("of the handler"));

        Assert.Equal(("System.InvalidOperationException", "of the handler"), (seen.Caught.Type, seen.Caught.Message));
        Assert.Equal(1, executions);
    }

    [Fact]
    public async Task Handler_NoSuchActivity_IsNotAsked()
    {
        var done = await RunAsync(context => Caught.ByAsync(() => context.CallActivityAsync(
            "Nobody", TaskOptions.FromRetryHandler(_ => Interlocked.Increment(ref questions) > 0))));

        Assert.Equal(0, done.ReadOutputAs<Caught>()!.TaskId);
        Assert.Equal(0, questions);
    }

    [Fact]
    public async Task Handler_EachReplay_IsAskedAgain()
    {
        await FailAsync(retry =>
        {
            Interlocked.Increment(ref questions);
            return retry.LastAttemptNumber < 3;
        });

        Assert.True(questions > 3, $"It was asked {questions} times only.");
    }

    [Fact]
    public async Task Handler_ResultCannotBeRead_IsNotAsked_NotRecorded()
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallActivityAsync<int>(
                "Text", TaskOptions.FromRetryHandler(_ => Interlocked.Increment(ref questions) > 0))),
            code => code.Activity<object, string>("Text", _ => "text"));

        Assert.Equal("System.Text.Json.JsonException", done.ReadOutputAs<Caught>()!.Type);
        Assert.Equal(0, questions);
    }

    private Task<Seen> FailAsync(RetryHandler handler) => FailAsync(TaskOptions.FromRetryHandler(handler));

    private async Task<Seen> FailAsync(TaskOptions options)
    {
        var done = await RunAsync(
            async context => new Seen(
                await Caught.ByAsync(() => context.CallActivityAsync("Boom", options)), await NextTaskIdAsync(context)),
            code => code.Failing("Boom", () => new BareException($"boom {++executions}")));
        return done.ReadOutputAs<Seen>()!;
    }

    private sealed record Seen(Caught Caught, int NextId);
}
