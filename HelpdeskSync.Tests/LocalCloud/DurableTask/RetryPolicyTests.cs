using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class RetryPolicyTests : DurableSuite
{
    private int executions;
    private int questions;

    public RetryPolicyTests() => Durable = DurableFixture.WithLeapingClock();

    [Fact]
    public async Task Policy_Attempts_CountTheFirstTry()
    {
        var seen = await FailAsync(filter => new RetryPolicy(3, Ms(300)) { HandleFailure = filter });

        Assert.Equal(3, executions);
        AssertDelays([300, 300], seen);
    }

    [Fact]
    public async Task Policy_BackoffCoefficient_MultipliesEachDelay()
    {
        var seen = await FailAsync(filter => new RetryPolicy(4, Ms(200), 2) { HandleFailure = filter });

        AssertDelays([200, 400, 800], seen);
    }

    [Fact]
    public async Task Policy_MaxRetryInterval_CapsTheDelay()
    {
        var seen = await FailAsync(filter => new RetryPolicy(5, Ms(200), 3, Ms(500)) { HandleFailure = filter });

        AssertDelays([200, 500, 500, 500], seen);
    }

    [Fact]
    [Trait("Needs", "Clock")]
    public async Task Policy_NoMaxRetryInterval_CapsTheDelayAtAnHour()
    {
        var seen = await FailAsync(filter => new RetryPolicy(3, TimeSpan.FromMinutes(50), 2) { HandleFailure = filter });

        AssertDelays([50 * 60_000, 60 * 60_000], seen);
    }

    [Fact]
    public async Task Policy_RetryTimeout_IsLookedAtBeforeEachDelay()
    {
        var seen = await FailAsync(filter => new RetryPolicy(10, Ms(300), retryTimeout: Ms(1000)) { HandleFailure = filter });

        Assert.Equal(5, executions);
        AssertDelays([300, 300, 300, 300], seen);
        Assert.Equal((8, 9), (seen.Caught.TaskId, seen.NextId));
    }

    [Fact]
    public async Task Policy_SecondTrySucceeds_ReturnsItsResult()
    {
        var done = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Ms(300)))),
            code => code.Activity<object, int>("Flaky", _ => ++executions < 2 ? throw new BareException("not yet") : 7));

        Assert.Equal(7, done.ReadOutputAs<int>());
        Assert.Equal(2, executions);
    }

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(3, 4, 6)]
    public async Task Policy_LastAttemptFails_LeavesOneMoreTimerAndNamesTheLastAttempt(int attempts, int lastTask, int next)
    {
        var seen = await FailAsync(filter => new RetryPolicy(attempts, Ms(300)) { HandleFailure = filter });

        Assert.Equal(lastTask, seen.Caught.TaskId);
        Assert.Equal(next, seen.NextId);
        Assert.Equal($"Task 'Boom' (#{lastTask}) failed with an unhandled exception: boom {attempts}", seen.Caught.Message);
    }

    [Fact]
    public async Task Policy_LastTimer_FiresAtOnce()
    {
        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                await Caught.ByAsync(() => context.CallActivityAsync("Boom", TaskOptions.FromRetryPolicy(new RetryPolicy(1, TimeSpan.FromHours(1)))));
                return context.CurrentUtcDateTime - begin;
            },
            code => code.Failing("Boom", () => new BareException("boom")));

        AssertSlept(TimeSpan.Zero, done.ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task Policy_HandleFailureSaysNo_StopsWithTheOriginalErrorAndNoTimer()
    {
        var seen = await FailAsync(_ => new RetryPolicy(5, Ms(300)) { HandleFailure = _ => false });

        Assert.Equal(1, executions);
        Assert.Equal((0, 1), (seen.Caught.TaskId, seen.NextId));
        Assert.Equal("boom 1", seen.Caught.Failure!.ErrorMessage);
    }

    [Fact]
    public async Task Policy_HandleFailureThrows_StopsWithTheOriginalError()
    {
        var seen = await FailAsync(_ => new RetryPolicy(5, Ms(300)) { HandleFailure = _ => throw new InvalidOperationException("of the filter") });

        Assert.Equal(1, executions);
        Assert.Equal("BareException", seen.Caught.Failure!.ErrorType);
    }

    [Fact]
    public async Task Policy_HandleFailure_SeesTheActivitysFailure()
    {
        string? type = null;

        await FailAsync(_ => new RetryPolicy(2, Ms(300))
        {
            HandleFailure = failure =>
            {
                type = failure.ToString();
                return failure.IsCausedBy<BareException>();
            },
        });

        Assert.Equal("BareException: boom 1", type);
        Assert.Equal(2, executions);
    }

    [Fact]
    public async Task Policy_HandleFailure_IsAskedAgainOnEachReplayButNotAfterTheLastAttempt()
    {
        var messages = new HashSet<string>();

        await FailAsync(_ => new RetryPolicy(3, Ms(300))
        {
            HandleFailure = failure =>
            {
                Interlocked.Increment(ref questions);
                return messages.Add(failure.ErrorMessage) || true;
            },
        });

        Assert.Equal(["boom 1", "boom 2"], messages.Order());
        Assert.True(questions > 2, $"It was asked {questions} times only.");
    }

    [Fact]
    public async Task Policy_NoSuchActivity_IsNeitherAskedNorTriedAgain()
    {
        var done = await RunAsync(async context =>
        {
            var policy = new RetryPolicy(3, Ms(300)) { HandleFailure = _ => Interlocked.Increment(ref questions) > 0 };
            var caught = await Caught.ByAsync(() => context.CallActivityAsync("Nobody", TaskOptions.FromRetryPolicy(policy)));
            return (int[])[caught.TaskId, await NextTaskIdAsync(context)];
        });

        Assert.Equal([0, 1], done.ReadOutputAs<int[]>()!);
        Assert.Equal(0, questions);
    }

    [Fact]
    public async Task Policy_ResultCannotBeRead_IsTriedAgain_NotRecorded()
    {
        var done = await RunAsync(
            context => context.CallActivityAsync<int>("Text", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Ms(300)))),
            code => code.Activity<object, object>("Text", _ => ++executions < 3 ? "text" : 9));

        Assert.Equal(9, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Policy_ManyCallsAtOnce_EachHasItsOwnDelays()
    {
        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                var options = TaskOptions.FromRetryPolicy(new RetryPolicy(3, Ms(300)));
                await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Caught.ByAsync(() => context.CallActivityAsync("Boom", i, options))));
                return (context.CurrentUtcDateTime - begin).TotalMilliseconds;
            },
            code => code.Failing("Boom", () =>
            {
                Interlocked.Increment(ref executions);
                return new BareException("boom");
            }));

        Assert.True(done.ReadOutputAs<double>() >= 600, done.SerializedOutput);
        Assert.Equal(18, executions);
    }

    private void AssertDelays(double[] expected, Seen seen)
    {
        Assert.Equal(expected.Length, seen.Delays.Length);
        Assert.All(expected.Zip(seen.Delays), pair => AssertSlept(TimeSpan.FromMilliseconds(pair.First), TimeSpan.FromMilliseconds(pair.Second)));
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Runs an activity that always fails; tells the times between the attempts on the orchestrator's clock.</summary>
    private async Task<Seen> FailAsync(Func<Func<TaskFailureDetails, bool>, RetryPolicy> policy)
    {
        var done = await RunAsync(
            async context =>
            {
                var times = new List<DateTime>();
                var caught = await Caught.ByAsync(() => context.CallActivityAsync("Boom", TaskOptions.FromRetryPolicy(policy(_ =>
                {
                    times.Add(context.CurrentUtcDateTime);
                    return true;
                }))));
                if (times.Count == 0 || times[^1] != context.CurrentUtcDateTime)
                {
                    times.Add(context.CurrentUtcDateTime);
                }

                var delays = times.Zip(times.Skip(1), (from, to) => (to - from).TotalMilliseconds).ToArray();
                return new Seen(delays, caught, await NextTaskIdAsync(context));
            },
            code => code.Failing("Boom", () => new BareException($"boom {++executions}")));
        return done.ReadOutputAs<Seen>()!;
    }

    private sealed record Seen(double[] Delays, Caught Caught, int NextId);
}
