using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>Beside the conformance suite: the history that the engine gives to the HTTP management API, which the official client has not.</summary>
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
}
