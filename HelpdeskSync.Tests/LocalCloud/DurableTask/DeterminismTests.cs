using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>Code that was changed under a running instance. The messages are the official ones, word for word.</summary>
public sealed class DeterminismTests : DurableSuite
{
    private const string Prefix = "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ";
    private const string Question = " Was a change made to the orchestrator code after this instance had already started running?";
    private const string Not = "the current replay execution hasn't (yet?) scheduled this task.";
    private const string Now = "the current orchestration replay instead";
    private const string Child = "a sub-orchestration task with sequence ID 0 and name 'C9' (version '', instance ID 'c9')";
    private const string Sent = "a send event task with sequence ID 0, type 'EventSent'";

    /// <summary>What an orchestrator does before it waits, and has done when it says that it waits: nothing is on its way when the engine is restarted.</summary>
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task>> Steps = new()
    {
        ["nothing"] = _ => Task.CompletedTask,
        ["activity A9"] = context => context.CallActivityAsync("A9", 1),
        ["activity a9 with other input"] = context => context.CallActivityAsync("a9", 2),
        ["activity B9"] = context => context.CallActivityAsync("B9", 1),
        ["activities A9, B9"] = context => Task.WhenAll(context.CallActivityAsync("A9", 1), context.CallActivityAsync("B9", 1)),
        ["activities B9, A9"] = context => Task.WhenAll(context.CallActivityAsync("B9", 1), context.CallActivityAsync("A9", 1)),
        ["timer"] = context => context.CreateTimer(TimeSpan.Zero, CancellationToken.None),
        ["later timer"] = context => context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None),
        ["child C9"] = context => context.CallSubOrchestratorAsync("C9", options: new SubOrchestrationOptions(instanceId: "c9")),
        ["child c9 of other id"] = context => context.CallSubOrchestratorAsync("c9", options: new SubOrchestrationOptions(instanceId: "other")),
        ["child D9"] = context => context.CallSubOrchestratorAsync("D9", options: new SubOrchestrationOptions(instanceId: "c9")),
        ["event E9"] = context => SendAsync(context, "E9"),
        ["event F9"] = context => SendAsync(context, "F9"),
    };

    [Theory]
    [InlineData("activity A9", "nothing", $"an activity task with sequence ID 0 and name 'A9' (version ''), but {Not}")]
    [InlineData("activity A9", "activity B9", $"an activity task with sequence number 0 named 'A9', but {Now} scheduled an activity task named 'B9' with this sequence number. ")]
    [InlineData("activities A9, B9", "activities B9, A9", $"an activity task with sequence number 0 named 'A9', but {Now} scheduled an activity task named 'B9' with this sequence number. ")]
    [InlineData("activity A9", "activities B9, A9", $"an activity task with sequence number 0 named 'A9', but {Now} scheduled an activity task named 'B9' with this sequence number. ")]
    [InlineData("activities A9, B9", "activity A9", $"an activity task with sequence ID 1 and name 'B9' (version ''), but {Not}")]
    [InlineData("activity A9", "timer", $"an activity task with sequence number 0 named 'A9', but {Now} produced a CreateTimerOrchestratorAction action with this sequence number.")]
    [InlineData("activity A9", "child C9", $"an activity task with sequence number 0 named 'A9', but {Now} produced a CreateSubOrchestrationAction action with this sequence number.")]
    [InlineData("activity A9", "event E9", $"an activity task with sequence number 0 named 'A9', but {Now} produced a SendEventOrchestratorAction action with this sequence number.")]
    [InlineData("timer", "nothing", $"a timer task with sequence number 0 but {Not}")]
    [InlineData("timer", "activity A9", $"a timer task with sequence number 0 named but {Now} produced a ScheduleTaskOrchestratorAction action with this sequence number.")]
    [InlineData("child C9", "nothing", $"{Child}, but {Not}")]
    [InlineData("child C9", "activity A9", $"{Child}, but {Now} produced a ScheduleTaskOrchestratorAction action at this sequence number.")]
    [InlineData("child C9", "child D9", $"{Child}, but {Now} scheduled a sub-orchestration task with name D9 at this sequence number.")]
    [InlineData("event E9", "nothing", $"{Sent} name 'E9', instance ID 'nobody', but {Not}")]
    [InlineData("event E9", "timer", $"{Sent}, name 'E9', instance ID 'nobody', but {Now} scheduled a CreateTimerOrchestratorAction task at this sequence number.")]
    [InlineData("event E9", "event F9", $"{Sent}, name 'E9', instance ID 'nobody'), but {Now} scheduled a send event task with name F9at this sequence number.")]
    public async Task Replay_CodeDoesSomethingElse_FailsWithTheOfficialWords(string before, string after, string difference)
    {
        var failed = await ChangeAsync(before, after);

        var message = $"{Prefix}{difference}{Question}";
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", failed.FailureDetails!.ErrorType);
        Assert.Equal(message, failed.FailureDetails.ErrorMessage);
        Assert.Equal(message, failed.SerializedOutput);
    }

    [Fact]
    [Trait("Behaviour", "Local")]
    public async Task Replay_CodeDoesSomethingElse_TheLogSaysHowToMendIt()
    {
        var failed = await ChangeAsync("activity A9", "activity B9");

        var line = Assert.Single(Durable.Log, line => line.Level == LogLevel.Error);
        Assert.Contains(failed.SerializedOutput!, line.Text, StringComparison.Ordinal);
        Assert.Contains("Put the old calls back", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_CodeDoesSomethingElse_KeepsTheCustomStatusOfTheCodeThatRan_NotRecorded()
    {
        var failed = await ChangeAsync("timer", "activity A9");

        Assert.Equal("begun", failed.ReadCustomStatusAs<string>());
    }

    [Theory]
    [InlineData("activity A9", "activity a9 with other input")]
    [InlineData("child C9", "child c9 of other id")]
    [InlineData("timer", "later timer")]
    [InlineData("activity A9", "activities A9, B9")]
    public async Task Replay_DifferencesThatAreNotLookedAt_GoOn(string before, string after)
    {
        var done = await ChangeAsync(before, after);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, "went on"), (done.RuntimeStatus, done.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Replay_InputChanged_KeepsTheFirstResult()
    {
        var id = await ScheduleAsync(context => EchoAsync(context, "old"), Echo);
        await UntilStatusAsync(id, "old");

        await Durable.RestartAsync(code => Echo(code.Orchestrator("Main", context => EchoAsync(context, "new"))));
        await Durable.Client.RaiseEventAsync(id, "go", Soon);

        Assert.Equal("old", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Replay_OrchestratorIsGone_FailsAsNotFound_NotRecorded()
    {
        var id = await ScheduleAsync(context => EchoAsync(context, "old"), Echo);
        await UntilStatusAsync(id, "old");

        await Durable.RestartAsync(_ => { });
        await Durable.Client.RaiseEventAsync(id, "go", Soon);

        Assert.Equal("OrchestratorTaskNotFound", (await Durable.WaitAsync(id)).FailureDetails!.ErrorType);
    }

    private static Task SendAsync(TaskOrchestrationContext context, string name)
    {
        context.SendEvent("nobody", name, 1);
        return Task.CompletedTask;
    }

    private static void Echo(DurableCode code) => code.Activity<string, string>("Echo", text => text);

    private static async Task<string> EchoAsync(TaskOrchestrationContext context, string text)
    {
        var heard = await context.CallActivityAsync<string>("Echo", text);
        context.SetCustomStatus(heard);
        await context.WaitForExternalEvent<string>("go");
        return heard;
    }

    /// <summary>Runs an instance until it waits, restarts with other code, and lets it go on.</summary>
    private async Task<OrchestrationMetadata> ChangeAsync(string before, string after)
    {
        await Durable.StartAsync(code => Register(code, Steps[before]));
        var id = await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Main", Soon);
        await UntilStatusAsync(id, "waiting");

        await Durable.RestartAsync(code => Register(code, Steps[after]));
        await Durable.Client.RaiseEventAsync(id, "go", Soon);
        return await Durable.WaitAsync(id);
    }

    private static void Register(DurableCode code, Func<TaskOrchestrationContext, Task> step) => code
        .Activity<int, int>("A9", value => value)
        .Activity<int, int>("B9", value => value)
        .Orchestrator("C9", _ => Task.FromResult(1))
        .Orchestrator("D9", _ => Task.FromResult(1))
        .Orchestrator("Main", async context =>
        {
            // The catch must not see it: it is no exception of the orchestrator's.
            try
            {
                context.SetCustomStatus("begun");
                await step(context);
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<string>("go");
                return "went on";
            }
            catch (Exception problem)
            {
                return $"caught {problem.Message}";
            }
        });
}
