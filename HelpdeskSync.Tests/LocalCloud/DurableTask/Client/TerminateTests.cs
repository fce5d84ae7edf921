using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class TerminateTests : DurableSuite
{
    [Theory]
    [InlineData("bye", "\"bye\"")]
    [InlineData(null, null)]
    public async Task Terminate_Running_KeepsOutputAndCustomStatus(string? output, string? serialized)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");

        await client.TerminateInstanceAsync(id, (object?)output, Soon);

        var done = await Durable.WaitAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
        Assert.Equal(serialized, done.SerializedOutput);
        Assert.Equal("""{"Stage":"waits"}""", done.SerializedCustomStatus);
        Assert.Null(done.FailureDetails);
    }

    [Fact]
    public async Task Terminate_WithAnObject_SerializesIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");

        await client.TerminateInstanceAsync(id, new { why = "t" }, Soon);

        Assert.Equal("""{"why":"t"}""", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Terminate_ActivityRuns_EndsAtOnceAndDropsItsResult()
    {
        var release = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var client = await Durable.StartAsync(code => code
            .Orchestrator("Call", context => context.CallActivityAsync<string>("Slow"))
            .Activity<string?, string>("Slow", async _ =>
            {
                await release.Task;
                ended.SetResult();
                return "too late";
            })
            .Orchestrator<object?, object?>(ClientFixture.Echo, (_, input) => Task.FromResult(input)));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Call", Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);

        await client.TerminateInstanceAsync(id, "now", Soon);
        var done = await Durable.WaitAsync(id);
        release.SetResult();
        await ended.Task;
        await Durable.RunAsync(ClientFixture.Echo);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
        Assert.Equal("\"now\"", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Terminate_FanOut_RunsTheQueuedActivitiesAllTheSame_AlsoAfterARestart()
    {
        // Microsoft's page on managing instances: activities run to completion whether or not the instance that called them was terminated.
        // Seen with DurableTask.AzureStorage 2.11 on Azurite, without the restart: all of a hundred ran after the termination.
        const int Many = 300;
        var release = new TaskCompletionSource();
        var done = new ConcurrentDictionary<int, bool>();
        var client = await Durable.StartAsync(code => code
            .Orchestrator("FanOut", context => Task.WhenAll(Enumerable.Range(0, Many).Select(i => context.CallActivityAsync<int>("Slow", new Load(i, Padding(i))))))
            .Activity<Load, int>("Slow", async load =>
            {
                await release.Task;
                done[load.Number] = true;
                return load.Number;
            }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("FanOut", Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await client.TerminateInstanceAsync(id, "now", Soon);
        await Durable.WaitAsync(id);

        await Durable.RestartAsync();
        Assert.Empty(done);
        release.SetResult();

        await Durable.UntilAsync(id, _ => done.Count == Many);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"now\""), StateOf(await Durable.WaitAsync(id)));
    }

    [Fact]
    public async Task Terminate_Parent_LeavesTheChildRunning()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        await StartFamilyAsync(client);

        await client.TerminateInstanceAsync("p", Soon);
        await Durable.WaitAsync("p");

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await client.GetInstanceAsync("p-child", Soon))!.RuntimeStatus);
        await client.RaiseEventAsync("p-child", "go", "alone", Soon);
        Assert.Equal("\"alone\"", (await Durable.WaitAsync("p-child")).SerializedOutput);
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Terminate_Recursive_EndsTheChildrenToo_NotRecordedForAzure()
    {
        // The listing documents Recursive as "whether running sub-orchestrations are terminated too"; the sidecar ignores it.
        var client = await Durable.StartAsync(ClientFixture.Register);
        await StartFamilyAsync(client);

        await client.TerminateInstanceAsync("p", new TerminateInstanceOptions("all", Recursive: true), Soon);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"all\""), StateOf(await Durable.WaitAsync("p")));
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"all\""), StateOf(await Durable.WaitAsync("p-child")));
    }

    [Fact]
    public async Task Terminate_Child_FailsTheParentsCallWithoutDetails()
    {
        var client = await Durable.StartAsync(code =>
        {
            ClientFixture.Register(code);
            code.Orchestrator("Careful", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>(ClientFixture.Wait, options: new SubOrchestrationOptions(instanceId: "kid"));
                }
                catch (TaskFailedException problem)
                {
                    return problem.FailureDetails is null ? problem.Message : "details";
                }
            });
        });
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Careful", Soon);
        await Durable.UntilAsync("kid", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);

        await client.TerminateInstanceAsync("kid", "bye", Soon);

        Assert.Equal("Task 'Wait' (#0) failed with an unhandled exception.", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    /// <summary>Small inputs wait in memory, large ones in the database.</summary>
    private static string Padding(int number) => new('x', number % 2 == 0 ? 1 : 20_000);

    private static (OrchestrationRuntimeStatus, string?) StateOf(OrchestrationMetadata found) => (found.RuntimeStatus, found.SerializedOutput);

    private async Task StartFamilyAsync(DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Parent, new StartOrchestrationOptions("p"), Soon);
        await Durable.UntilAsync("p-child", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
    }

    private sealed record Load(int Number, string Padding);
}
