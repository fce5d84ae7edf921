using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class SequenceTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Fact]
    public async Task CallActivity_ThreeInARow_PassesEachResultOn()
    {
        await durable.StartAsync(code => code
            .Orchestrator("Chain", async context =>
            {
                var value = context.GetInput<int>();
                for (var i = 0; i < 3; i++)
                {
                    value = await context.CallActivityAsync<int>("Add", value);
                }

                return value;
            })
            .Activity<int, int>("Add", value => Task.FromResult(value + 1)));

        var done = await durable.RunAsync("Chain", 4);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(7, done.ReadOutputAs<int>());
        Assert.Equal("4", done.SerializedInput);
    }

    [Fact]
    public async Task CallActivity_ThousandAtOnce_ReturnsAllResultsInOrder()
    {
        await durable.StartAsync(code => code
            .Orchestrator("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => context.CallActivityAsync<int>("Twice", i)))).Sum())
            .Activity<int, int>("Twice", value => Task.FromResult(value * 2)));

        var done = await durable.RunAsync("FanOut");

        Assert.Equal(999_000, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task CallSubOrchestrator_HundredChildren_KnowTheirParent()
    {
        await durable.StartAsync(code => code
            .Orchestrator("Parent", async context =>
            {
                var parents = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => context.CallSubOrchestratorAsync<string>("Child")));
                return parents.All(parent => parent == $"Parent/{context.InstanceId}");
            })
            .Orchestrator("Child", context => Task.FromResult($"{context.Parent!.Name}/{context.Parent.InstanceId}")));

        var done = await durable.RunAsync("Parent");

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task CallActivity_NamesInOtherCase_AreFoundAndKeepTheirSpelling()
    {
        await durable.StartAsync(code => code
            .Orchestrator("Names", async context => $"{context.Name} {await context.CallActivityAsync<string>("WHO", (object?)null)}")
            .Activity<object, string>("who", (context, _) => Task.FromResult($"{context.Name} {context.InstanceId}")));

        var id = await durable.Client.ScheduleNewOrchestrationInstanceAsync(
            "nAMES", new StartOrchestrationOptions("ticket-123@17000000"), DurableFixture.Soon);
        var done = await durable.WaitAsync(id);

        Assert.Equal("nAMES WHO ticket-123@17000000", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Return_ActivityStillOpen_CompletesOnlyWhenItHasEnded()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await durable.StartAsync(code => code
            .Orchestrator("Early", context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                return Task.FromResult("early");
            })
            .Activity<object, int>("Slow", _ => release.Task));
        var id = await durable.Client.ScheduleNewOrchestrationInstanceAsync("Early", DurableFixture.Soon);

        var meanwhile = await durable.Client.WaitForInstanceStartAsync(id, DurableFixture.Soon);
        release.SetResult(1);
        var done = await durable.WaitAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, meanwhile.RuntimeStatus);
        Assert.Equal("early", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task History_OneActivity_ShowsTheOfficialEvents()
    {
        await durable.StartAsync(code => code
            .Orchestrator("One", context => context.CallActivityAsync<int>("Give", 5))
            .Activity<int, int>("Give", value => Task.FromResult(value)));

        var done = await durable.RunAsync("One", "in");
        var history = await durable.Engine.GetHistoryAsync(done.InstanceId, DurableFixture.Soon);

        Assert.Equal(
            [
                "OrchestratorStarted -1", "ExecutionStarted -1", "TaskScheduled 0", "OrchestratorCompleted -1",
                "OrchestratorStarted -1", "TaskCompleted -1", "ExecutionCompleted 1", "OrchestratorCompleted -1",
            ],
            history.Select(record => $"{record.EventType} {record.EventId}"));
        Assert.Equal(("Give", "5", 0), (history[5].Name, history[5].Result, history[5].TaskScheduledId));
        Assert.Equal(("\"in\"", "Completed"), (history[1].Input, history[6].OrchestrationStatus));
    }
}
