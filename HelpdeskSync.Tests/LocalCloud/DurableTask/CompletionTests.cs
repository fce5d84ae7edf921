using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class CompletionTests : DurableSuite
{
    private readonly TaskCompletionSource<int> release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Throw_ActivityStillOpen_FailsOnlyWhenItHasEnded()
    {
        var id = await ScheduleAsync<int>(
            context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                throw new BareException("early");
            },
            Slow);

        await EndsOnReleaseAsync(id, OrchestrationRuntimeStatus.Failed);
    }

    [Fact]
    public async Task Return_ChildStillOpen_CompletesOnlyWhenItHasEnded()
    {
        var id = await ScheduleAsync(
            context =>
            {
                _ = context.CallSubOrchestratorAsync<int>("Child");
                return Task.FromResult("early");
            },
            code => Slow(code.Orchestrator("Child", context => context.CallActivityAsync<int>("Slow"))));

        await EndsOnReleaseAsync(id, OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Return_OpenActivityFailsLater_StaysCompleted()
    {
        var id = await ScheduleAsync(
            context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                return Task.FromResult("early");
            },
            Slow);
        await Durable.UntilAsync(id, found => found.IsRunning);

        release.SetException(new BareException("too late"));

        var done = await Durable.WaitAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "early"), (done.RuntimeStatus, done.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Await_FirstOfTwoFails_FailsOnlyWhenTheOtherHasEnded()
    {
        var id = await ScheduleAsync(
            async context =>
            {
                var boom = context.CallActivityAsync<int>("Boom");
                var slow = context.CallActivityAsync<int>("Slow");
                context.SetCustomStatus("begun");
                return await boom + await slow;
            },
            code => Slow(code.Failing("Boom", () => new BareException("first"))));
        await UntilStatusAsync(id, "begun");

        await EndsOnReleaseAsync(id, OrchestrationRuntimeStatus.Failed);
    }

    [Fact]
    public async Task WhenAny_OneIsLeft_CompletesOnlyWhenItHasEnded()
    {
        var id = await ScheduleAsync(
            async context =>
            {
                var winner = await Task.WhenAny(context.CallActivityAsync<int>("Slow"), context.CallActivityAsync<int>("Fine"));
                context.SetCustomStatus("won");
                return await winner;
            },
            code => Slow(code.Activity<object, int>("Fine", _ => 7)));
        await UntilStatusAsync(id, "won");

        var done = await EndsOnReleaseAsync(id, OrchestrationRuntimeStatus.Completed);
        Assert.Equal(7, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task WhenAll_SomeFail_ThrowsTheFirstInTaskOrderAndHoldsAll()
    {
        var done = await RunAsync(
            async context =>
            {
                var all = Task.WhenAll(
                    context.CallActivityAsync<int>("Fine"),
                    context.CallActivityAsync<int>("Boom", "late"),
                    context.CallActivityAsync<int>("Boom", "soon"));
                var caught = await Caught.ByAsync(() => all);
                return (string[])[caught.Message, .. all.Exception!.InnerExceptions.Select(inner => ((TaskFailedException)inner).FailureDetails.ErrorMessage)];
            },
            Booms);

        Assert.Equal(
            ["Task 'Boom' (#1) failed with an unhandled exception: late", "late", "soon"], done.ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task WhenAll_NobodyCatches_FailsWithTheFirstInTaskOrder()
    {
        var done = await RunAsync(
            context => Task.WhenAll(context.CallActivityAsync<int>("Boom", "late"), context.CallActivityAsync<int>("Boom", "soon")), Booms);

        Assert.Equal("late", done.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task Return_Nothing_HasNoOutput()
    {
        await Durable.StartAsync(code => code.Orchestrator("Quiet", (Func<TaskOrchestrationContext, Task>)(context =>
            context.CreateTimer(TimeSpan.Zero, CancellationToken.None))));

        var done = await Durable.RunAsync("Quiet");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Null(done.SerializedOutput);
    }

    [Fact]
    public async Task Return_FunctionThatIsNotAsynchronous_Completes()
    {
        var done = await RunAsync((TaskOrchestrationContext _, int input) => Task.FromResult(input * 2), input: 21);

        Assert.Equal(42, done.ReadOutputAs<int>());
    }

    private static void Booms(DurableCode code) => code
        .Activity<object, int>("Fine", _ => 1)
        .Activity<string, int>("Boom", async when =>
        {
            await Task.Delay(when == "late" ? 60 : 1, Soon);
            throw new BareException(when);
        });

    private void Slow(DurableCode code) => code.Activity<object, int>("Slow", _ => release.Task);

    private async Task<OrchestrationMetadata> EndsOnReleaseAsync(string id, OrchestrationRuntimeStatus expected)
    {
        var meanwhile = await Durable.UntilAsync(id, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending);
        release.SetResult(1);
        var done = await Durable.WaitAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Running, expected), (meanwhile.RuntimeStatus, done.RuntimeStatus));
        return done;
    }
}
