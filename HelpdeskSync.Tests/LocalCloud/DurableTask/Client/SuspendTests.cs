using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class SuspendTests : DurableSuite
{
    [Fact]
    public async Task Suspend_Running_KeepsEventsInOrderUntilResumed()
    {
        var resumed = false;
        var seen = new List<string>();
        var client = await Durable.StartAsync(code => code.Orchestrator("Three", async context =>
        {
            var got = string.Empty;
            for (var i = 0; i < 3; i++)
            {
                got += await context.WaitForExternalEvent<string>("letter");
                if (!context.IsReplaying)
                {
                    seen.Add(Volatile.Read(ref resumed) ? "after" : "before");
                }

                context.SetCustomStatus(got);
            }

            return got;
        }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Three", Soon);
        await client.RaiseEventAsync(id, "letter", "a", Soon);
        await Durable.UntilAsync(id, found => found.SerializedCustomStatus == "\"a\"");

        await client.SuspendInstanceAsync(id, "hold", Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await client.RaiseEventAsync(id, "letter", "b", Soon);
        await client.RaiseEventAsync(id, "letter", "c", Soon);
        var held = (await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!;
        Volatile.Write(ref resumed, true);
        await client.ResumeInstanceAsync(id, "go on", Soon);

        Assert.Equal("\"abc\"", (await Durable.WaitAsync(id)).SerializedOutput);
        Assert.Equal((OrchestrationRuntimeStatus.Suspended, "\"a\""), (held.RuntimeStatus, held.SerializedCustomStatus));
        Assert.Equal("before, after, after", string.Join(", ", seen));
    }

    [Fact]
    [Trait("Needs", "Clock")]
    public async Task Suspend_BeforeTheFirstTurn_RunsUpToTheFirstAwait()
    {
        var ran = 0;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        Durable.Time = time;
        var client = await Durable.StartAsync(code => code
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
        var held = await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        Assert.Equal(("\"begun\"", 0), (held.SerializedCustomStatus, ran));
        await client.ResumeInstanceAsync(id, Soon);
        Assert.Equal("1", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Suspend_ActivityRuns_ItsResultIsKeptForTheResume()
    {
        var release = new TaskCompletionSource();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resumed = false;
        var seen = false;
        var client = await Durable.StartAsync(code => code
            .Orchestrator("Call", async context =>
            {
                var result = await context.CallActivityAsync<string>("Slow");
                seen = Volatile.Read(ref resumed);
                return result;
            })
            .Activity<string?, string>("Slow", async _ =>
            {
                await release.Task;
                ended.SetResult();
                return "done";
            }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Call", Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await client.SuspendInstanceAsync(id, Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        release.SetResult();
        await ended.Task;
        Volatile.Write(ref resumed, true);
        await client.ResumeInstanceAsync(id, Soon);

        Assert.Equal("\"done\"", (await Durable.WaitAsync(id)).SerializedOutput);
        Assert.True(seen);
    }

    [Fact]
    public async Task Suspend_Parent_LeavesTheChildRunning()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Parent, new StartOrchestrationOptions("p"), Soon);
        await Durable.UntilAsync("p-child", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await client.SuspendInstanceAsync("p", Soon);
        await Durable.UntilAsync("p", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await client.RaiseEventAsync("p-child", "go", "from the child", Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Durable.WaitAsync("p-child")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await client.GetInstanceAsync("p", Soon))!.RuntimeStatus);
        await client.ResumeInstanceAsync("p", Soon);

        Assert.Equal("\"from the child\"", (await Durable.WaitAsync("p")).SerializedOutput);
    }

    [Fact]
    public async Task Terminate_WhileSuspended_EndsIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Suspended, "s");

        await client.TerminateInstanceAsync(id, "enough", Soon);

        var done = await Durable.WaitAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"enough\""), (done.RuntimeStatus, done.SerializedOutput));
    }
}
