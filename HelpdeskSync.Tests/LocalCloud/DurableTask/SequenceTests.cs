using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class SequenceTests : DurableSuite
{
    [Fact]
    public async Task CallActivity_ThreeInARow_PassesEachResultOn()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("Chain", async (TaskOrchestrationContext context, int value) =>
            {
                for (var i = 0; i < 3; i++)
                {
                    value = await context.CallActivityAsync<int>("Add", value);
                }

                return value;
            })
            .Activity<int, int>("Add", value => Task.FromResult(value + 1)));

        var done = await Durable.RunAsync("Chain", 4);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(7, done.ReadOutputAs<int>());
        Assert.Equal("4", done.SerializedInput);
    }

    [Fact]
    public Task CallActivity_ThirtyAtOnce_ReturnsAllResultsInOrder() => FanOutAsync(30);

    [Fact]
    [Trait("Behaviour", "Backend")]
    public Task CallActivity_ThousandAtOnce_ReturnsAllResultsInOrder() => FanOutAsync(1000);

    [Fact]
    public async Task CallSubOrchestrator_TwentyChildren_KnowTheirParent()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("Parent", async context =>
            {
                var parents = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => context.CallSubOrchestratorAsync<string>("Child")));
                return parents.All(parent => parent == $"Parent/{context.InstanceId}");
            })
            .Orchestrator("Child", context => Task.FromResult($"{context.Parent!.Name}/{context.Parent.InstanceId}")));

        var done = await Durable.RunAsync("Parent");

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task CallActivity_NamesInOtherCase_AreFoundAndKeepTheirSpelling()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("Names", async context => $"{context.Name} {await context.CallActivityAsync<string>("WHO", (object?)null)}")
            .Activity<object, string>("who", (context, _) => Task.FromResult($"{context.Name} {context.InstanceId}")));

        var id = await Durable.Client.ScheduleNewOrchestrationInstanceAsync(
            "nAMES", new StartOrchestrationOptions("ticket-123@17000000"), Soon);
        var done = await Durable.WaitAsync(id);

        Assert.Equal("nAMES WHO ticket-123@17000000", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Return_ActivityStillOpen_CompletesOnlyWhenItHasEnded()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Durable.StartAsync(code => code
            .Orchestrator("Early", context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                return Task.FromResult("early");
            })
            .Activity<object, int>("Slow", _ => release.Task));
        var id = await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Early", Soon);

        var meanwhile = await Durable.Client.WaitForInstanceStartAsync(id, Soon);
        release.SetResult(1);
        var done = await Durable.WaitAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, meanwhile.RuntimeStatus);
        Assert.Equal("early", done.ReadOutputAs<string>());
    }

    private async Task FanOutAsync(int many)
    {
        await Durable.StartAsync(code => code
            .Orchestrator("FanOut", async context =>
                await Task.WhenAll(Enumerable.Range(0, many).Select(i => context.CallActivityAsync<int>("Twice", i))))
            .Activity<int, int>("Twice", value => Task.FromResult(value * 2)));

        var done = await Durable.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, many).Select(i => i * 2), done.ReadOutputAs<int[]>()!);
    }
}
