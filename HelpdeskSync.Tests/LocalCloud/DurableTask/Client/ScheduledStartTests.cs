using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

/// <summary>StartAt, as the OrchestrationService client has it; the sidecar and this version of the Functions host ignore it.</summary>
[Trait("Needs", "Clock")]
public sealed class ScheduledStartTests : DurableSuite
{
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Now);

    public ScheduledStartTests() => Durable = new DurableFixture { Time = time };

    [Fact]
    public async Task StartAt_InTheFuture_IsPendingUntilThen()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", new StartOrchestrationOptions(StartAt: Now.AddHours(2)), Soon);
        var started = client.WaitForInstanceStartAsync(id, Soon);

        time.Advance(TimeSpan.FromHours(1));
        var before = await client.GetInstanceAsync(id, Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, before!.RuntimeStatus);
        Assert.False(started.IsCompleted);
        time.Advance(TimeSpan.FromHours(1));

        var done = await Durable.WaitAsync(id);
        await started;
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(Now, done.CreatedAt);
        Assert.Equal(Now.AddHours(2), done.LastUpdatedAt);
    }

    [Fact]
    public async Task StartAt_AfterARestartPastItsTime_StartsAtOnce()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", new StartOrchestrationOptions(StartAt: Now.AddDays(3)), Soon);
        await Durable.StopAsync();
        time.Advance(TimeSpan.FromDays(4));

        await Durable.RestartAsync();

        Assert.Equal("\"in\"", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task StartAt_InThePast_StartsAtOnce()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", new StartOrchestrationOptions(StartAt: Now.AddDays(-1)), Soon);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Durable.WaitAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task StartAt_EventRaisedBefore_IsDeliveredAtTheStart()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions(StartAt: Now.AddHours(1)), Soon);

        await client.RaiseEventAsync(id, "go", "early", Soon);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("\"early\"", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task StartAt_TerminatedBefore_EndsWhenItIsDue()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions(StartAt: Now.AddHours(1)), Soon);

        await client.TerminateInstanceAsync(id, "no more", Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await client.GetInstanceAsync(id, Soon))!.RuntimeStatus);
        time.Advance(TimeSpan.FromHours(1));

        var done = await Durable.WaitAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"no more\""), (done.RuntimeStatus, done.SerializedOutput));
    }
}
