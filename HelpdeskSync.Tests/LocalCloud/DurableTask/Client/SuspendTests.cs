using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class SuspendTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    private static CancellationToken Soon => DurableFixture.Soon;

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Fact]
    public async Task Suspend_Running_KeepsEventsInOrderUntilResumed()
    {
        var client = await durable.StartAsync(code => code.Orchestrator("Three", async context =>
        {
            var got = string.Empty;
            for (var i = 0; i < 3; i++)
            {
                got += await context.WaitForExternalEvent<string>("letter");
                context.SetCustomStatus(got);
            }

            return got;
        }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Three", Soon);
        await client.RaiseEventAsync(id, "letter", "a", Soon);
        await durable.UntilAsync(id, found => found.SerializedCustomStatus == "\"a\"");

        await client.SuspendInstanceAsync(id, "hold", Soon);
        await durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await client.RaiseEventAsync(id, "letter", "b", Soon);
        await client.RaiseEventAsync(id, "letter", "c", Soon);
        var held = await UntilHistoryAsync(id, "EventRaised", 3);

        Assert.Equal((OrchestrationRuntimeStatus.Suspended, "\"a\""), (held.RuntimeStatus, held.SerializedCustomStatus));
        await client.ResumeInstanceAsync(id, "go on", Soon);
        Assert.Equal("\"abc\"", (await durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Suspend_BeforeTheFirstTurn_RunsUpToTheFirstAwait()
    {
        var ran = 0;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        durable.Time = time;
        var client = await durable.StartAsync(code => code
            .Orchestrator("Call", async context =>
            {
                context.SetCustomStatus("begun");
                return await context.CallActivityAsync<int>("Run", 1);
            })
            .Activity<int, int>("Run", _ => Interlocked.Increment(ref ran)));
        var id = await client.ScheduleNewOrchestrationInstanceAsync(
            "Call", new StartOrchestrationOptions { StartAt = time.GetUtcNow().AddHours(1) }, Soon);

        await client.SuspendInstanceAsync(id, Soon);
        time.Advance(TimeSpan.FromHours(1));
        var held = await durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        Assert.Equal(("\"begun\"", 0), (held.SerializedCustomStatus, ran));
        await client.ResumeInstanceAsync(id, Soon);
        Assert.Equal("1", (await durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Suspend_ActivityRuns_ItsResultIsKeptForTheResume()
    {
        var release = new TaskCompletionSource();
        var client = await durable.StartAsync(code => code
            .Orchestrator("Call", context => context.CallActivityAsync<string>("Slow"))
            .Activity<string?, string>("Slow", async _ =>
            {
                await release.Task;
                return "done";
            }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Call", Soon);
        await durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await client.SuspendInstanceAsync(id, Soon);
        await durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        release.SetResult();
        var held = await UntilHistoryAsync(id, "TaskCompleted", 1);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, held.RuntimeStatus);
        await durable.RestartAsync();
        await durable.Client.ResumeInstanceAsync(id, Soon);

        Assert.Equal("\"done\"", (await durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Suspend_Parent_LeavesTheChildRunning()
    {
        var client = await durable.StartAsync(ClientFixture.Register);
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Parent, new StartOrchestrationOptions("p"), Soon);
        await durable.UntilAsync("p-child", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await client.SuspendInstanceAsync("p", Soon);
        await durable.UntilAsync("p", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await client.RaiseEventAsync("p-child", "go", "from the child", Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await durable.WaitAsync("p-child")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await client.GetInstanceAsync("p", Soon))!.RuntimeStatus);
        await client.ResumeInstanceAsync("p", Soon);

        Assert.Equal("\"from the child\"", (await durable.WaitAsync("p")).SerializedOutput);
    }

    [Fact]
    public async Task Terminate_WhileSuspended_EndsIt()
    {
        var client = await durable.StartAsync(ClientFixture.Register);
        var id = await durable.InStateAsync(OrchestrationRuntimeStatus.Suspended, "s");

        await client.TerminateInstanceAsync(id, "enough", Soon);

        var done = await durable.WaitAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"enough\""), (done.RuntimeStatus, done.SerializedOutput));
    }

    private async Task<OrchestrationMetadata> UntilHistoryAsync(string id, string eventType, int count)
    {
        while ((await durable.HistoryKindsAsync(id)).Count(kind => kind == eventType) < count)
        {
            await Task.Delay(10, Soon);
        }

        return (await durable.Client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!;
    }
}
