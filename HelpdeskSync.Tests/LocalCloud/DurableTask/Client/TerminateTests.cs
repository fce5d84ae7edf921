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

    private static (OrchestrationRuntimeStatus, string?) StateOf(OrchestrationMetadata found) => (found.RuntimeStatus, found.SerializedOutput);

    private async Task StartFamilyAsync(DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Parent, new StartOrchestrationOptions("p"), Soon);
        await Durable.UntilAsync("p-child", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
    }
}
