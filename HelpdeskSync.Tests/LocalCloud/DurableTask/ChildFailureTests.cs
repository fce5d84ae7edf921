using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ChildFailureTests : DurableSuite
{
    private static readonly RetryPolicy ThreeAtOnce = new(3, TimeSpan.FromMilliseconds(1));

    [Fact]
    public async Task CallSubOrchestrator_ChildThrows_FailureIsTheChildsException()
    {
        var caught = await CatchAsync(_ => throw new BareException("child boom"));

        Assert.Equal("Task 'Child' (#0) failed with an unhandled exception: child boom", caught.Message);
        Assert.Equal(("Child", 0), (caught.TaskName, caught.TaskId));
        Assert.Equal("BareException", caught.Failure!.ErrorType);
        Assert.NotNull(caught.Failure.StackTrace);
        Assert.Null(caught.InnerType);
    }

    [Fact]
    public async Task CallSubOrchestrator_ChildsActivityFails_AddsALevel()
    {
        var caught = await CatchAsync(context => context.CallActivityAsync("Boom"));

        const string Inside = "Task 'Boom' (#0) failed with an unhandled exception: plain boom";
        Assert.Equal($"Task 'Child' (#0) failed with an unhandled exception: {Inside}", caught.Message);
        Assert.Equal(("Microsoft.DurableTask.TaskFailedException", Inside), (caught.Failure!.ErrorType, caught.Failure.ErrorMessage));
        Assert.Equal(("BareException", "plain boom"), (caught.Failure.Inner!.ErrorType, caught.Failure.Inner.ErrorMessage));
    }

    [Fact]
    public async Task CallSubOrchestrator_GrandchildFails_AddsALevelAndAPrefixEach()
    {
        var caught = await CatchAsync(context => context.CallSubOrchestratorAsync("Grandchild"));

        Assert.Equal(
            "Task 'Child' (#0) failed with an unhandled exception: Task 'Grandchild' (#0) failed with an unhandled exception: "
            + "Task 'Boom' (#0) failed with an unhandled exception: plain boom",
            caught.Message);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", caught.Failure!.Inner!.ErrorType);
        Assert.Equal("BareException", caught.Failure.Inner.Inner!.ErrorType);
    }

    [Fact]
    public async Task CallSubOrchestrator_NoSuchOrchestrator_FailsAsNotFound()
    {
        var done = await RunAsync(context => Caught.ByAsync(() => context.CallSubOrchestratorAsync("Nobody")));

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("OrchestratorTaskNotFound", caught.Failure!.ErrorType);
        Assert.Equal("No orchestrator task named 'Nobody' was found.", caught.Failure.ErrorMessage);
    }

    [Fact]
    public async Task CallSubOrchestrator_ChildIsTerminated_FailsWithoutDetails()
    {
        var id = await ScheduleAsync(
            context => Caught.ByAsync(() => context.CallSubOrchestratorAsync("Waits", options: new SubOrchestrationOptions(instanceId: "child-1"))),
            Waits);
        await Durable.UntilAsync("child-1", child => child.IsRunning);
        await Durable.Client.TerminateInstanceAsync("child-1", Soon);

        var done = await Durable.WaitAsync(id);

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("Task 'Waits' (#0) failed with an unhandled exception.", caught.Message);
        Assert.Null(caught.Failure);
    }

    [Fact]
    public async Task CallSubOrchestrator_ChildIsTerminatedAndNobodyCatches_FailsWithNullReference()
    {
        var id = await ScheduleAsync(
            context => context.CallSubOrchestratorAsync<int>("Waits", options: new SubOrchestrationOptions(instanceId: "child-2")), Waits);
        await Durable.UntilAsync("child-2", child => child.IsRunning);
        await Durable.Client.TerminateInstanceAsync("child-2", Soon);

        var failed = await Durable.WaitAsync(id);

        Assert.Equal("System.NullReferenceException", failed.FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData("fixed-child")]
    [InlineData(null)]
    public async Task CallSubOrchestrator_RetriedByPolicy_UsesTheSameChildIdForEachAttempt(string? childId)
    {
        var ids = new ConcurrentQueue<string>();

        var done = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(ThreeAtOnce, childId)),
            code => code.Orchestrator("Child", context => ThirdTime(context, ids)));

        Assert.Equal(3, ids.Count);
        Assert.Equal(childId ?? done.ReadOutputAs<string>(), Assert.Single(ids.Distinct()));
        var child = await Durable.Client.GetInstanceAsync(ids.First(), Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child!.RuntimeStatus);
    }

    [Fact]
    public async Task CallSubOrchestrator_RetriedByHandler_UsesTheSameChildIdForEachAttempt()
    {
        var ids = new ConcurrentQueue<string>();

        var done = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 3)),
            code => code.Orchestrator("Child", context => ThirdTime(context, ids)));

        Assert.Equal(3, ids.Count);
        Assert.Equal(done.ReadOutputAs<string>(), Assert.Single(ids.Distinct()));
    }

    [Fact]
    public async Task CallSubOrchestrator_NotFoundWithPolicy_IsNotTriedAgain()
    {
        var done = await RunAsync(async context =>
        {
            var caught = await Caught.ByAsync(() => context.CallSubOrchestratorAsync("Nobody", TaskOptions.FromRetryPolicy(ThreeAtOnce)));
            return (int[])[caught.TaskId, await NextTaskIdAsync(context)];
        });

        Assert.Equal([0, 1], done.ReadOutputAs<int[]>()!);
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task CallSubOrchestrator_IdOfARunningInstance_FailsTheCall_NotRecorded()
    {
        await StartAsync(
            context => Caught.ByAsync(() => context.CallSubOrchestratorAsync("Waits", options: new SubOrchestrationOptions(instanceId: "taken"))),
            Waits);
        await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("taken"), Soon);

        var done = await Durable.RunAsync("Main");

        Assert.Equal("DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", done.ReadOutputAs<Caught>()!.Failure!.ErrorType);
    }

    private static void Waits(DurableCode code) => code.Orchestrator("Waits", context => context.WaitForExternalEvent<int>("never"));

    private static Task<string> ThirdTime(TaskOrchestrationContext context, ConcurrentQueue<string> ids)
    {
        ids.Enqueue(context.InstanceId);
        return ids.Count < 3 ? throw new BareException("not yet") : Task.FromResult(context.InstanceId);
    }

    private async Task<Caught> CatchAsync(Func<TaskOrchestrationContext, Task> child)
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallSubOrchestratorAsync("Child")),
            code => code
                .Orchestrator("Child", child)
                .Orchestrator("Grandchild", (Func<TaskOrchestrationContext, Task>)(context => context.CallActivityAsync("Boom")))
                .Failing("Boom", () => new BareException("plain boom")));
        return done.ReadOutputAs<Caught>()!;
    }
}
