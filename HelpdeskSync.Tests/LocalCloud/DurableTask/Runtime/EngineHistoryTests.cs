using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>Beside the conformance suite: the history that the engine gives to the HTTP management API, which the official client has not.</summary>
[Trait("Behaviour", "Local")]
public sealed class EngineHistoryTests : DurableSuite
{
    [Fact]
    public async Task History_OneActivity_ShowsTheOfficialEvents()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("One", context => context.CallActivityAsync<int>("Give", 5))
            .Activity<int, int>("Give", value => Task.FromResult(value)));

        var done = await Durable.RunAsync("One", "in");
        var history = await Durable.Engine.GetHistoryAsync(done.InstanceId, Soon);

        Assert.Equal(
            [
                "OrchestratorStarted -1", "ExecutionStarted -1", "TaskScheduled 0", "OrchestratorCompleted -1",
                "OrchestratorStarted -1", "TaskCompleted -1", "ExecutionCompleted 1", "OrchestratorCompleted -1",
            ],
            history.Select(record => $"{record.EventType} {record.EventId}"));
        Assert.Equal(("Give", "5", 0), (history[5].Name, history[5].Result, history[5].TaskScheduledId));
        Assert.Equal(("\"in\"", "Completed"), (history[1].Input, history[6].OrchestrationStatus));
    }

    [Fact]
    public async Task History_InvalidAwaitFoundAfterTheTurn_ShowsOfficialEventsOnly()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("Wrong", async context =>
            {
                var open = context.WaitForExternalEvent<int>("never");
                await Task.Delay(5, CancellationToken.None);
                return await open;
            }));

        var done = await Durable.RunAsync("Wrong");
        var history = await Durable.Engine.GetHistoryAsync(done.InstanceId, Soon);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.DoesNotContain(history, record => record.EventType == "InvalidAwait");
    }

    [Fact]
    public async Task History_OfAPurgedInstance_IsEmpty()
    {
        await Durable.StartAsync(code => code.Orchestrator("Main", _ => Task.FromResult(1)));
        var done = await Durable.RunAsync("Main");

        await Durable.Client.PurgeInstanceAsync(done.InstanceId, Soon);

        Assert.Empty(await Durable.Engine.GetHistoryAsync(done.InstanceId, Soon));
    }

    [Fact]
    public async Task History_WhileSuspended_TakesEventsAndResultsThatOutliveARestart()
    {
        var release = new TaskCompletionSource();
        var id = await ScheduleAsync(
            async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow");
                return await context.WaitForExternalEvent<string>("letter") + await context.WaitForExternalEvent<string>("letter") + await slow;
            },
            code => code.Activity<string?, string>("Slow", async _ =>
            {
                await release.Task;
                return "c";
            }));
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await Durable.Client.SuspendInstanceAsync(id, Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await Durable.Client.RaiseEventAsync(id, "letter", "a", Soon);
        await Durable.Client.RaiseEventAsync(id, "letter", "b", Soon);
        release.SetResult();
        while ((await Durable.Engine.GetHistoryAsync(id, Soon)).Count(happened => happened.EventType is "EventRaised" or "TaskCompleted") < 3)
        {
            await Task.Delay(10, Soon);
        }

        var held = await Durable.Client.GetInstanceAsync(id, Soon);
        await Durable.RestartAsync();
        await Durable.Client.ResumeInstanceAsync(id, Soon);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, held!.RuntimeStatus);
        Assert.Equal("abc", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }
}
