using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class WaitTests : DurableSuite
{
    [Fact]
    public async Task WaitForStart_OfRunningOrFinished_ReturnsAtOnce()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var running = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");
        var finished = await Durable.InStateAsync(OrchestrationRuntimeStatus.Completed, "c");

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await client.WaitForInstanceStartAsync(running, Soon)).RuntimeStatus);
        var done = await client.WaitForInstanceStartAsync(finished, getInputsAndOutputs: true, Soon);
        Assert.Equal("\"in\"", done.SerializedOutput);
    }

    [Fact]
    public async Task WaitForCompletion_AskedForData_HasIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", Soon);

        Assert.Null((await client.WaitForInstanceCompletionAsync(id, Soon)).SerializedOutput);
        Assert.Equal("in", (await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForCompletion_Cancelled_SaysSoAndLeavesTheInstanceAlone()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");
        using var cancel = new CancellationTokenSource();
        var wait = client.WaitForInstanceCompletionAsync(id, cancel.Token);

        await cancel.CancelAsync();

        var problem = await Assert.ThrowsAsync<OperationCanceledException>(() => wait);
        Assert.Equal("The WaitForInstanceCompletionAsync operation was canceled.", problem.Message);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await client.GetInstanceAsync(id, Soon))!.RuntimeStatus);
    }

    [Fact]
    public async Task WaitForStart_CancelledWhileWaiting_SaysSo()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        using var cancel = new CancellationTokenSource();
        var wait = client.WaitForInstanceStartAsync("not yet", cancel.Token);
        Assert.False(wait.IsCompleted);

        await cancel.CancelAsync();

        var problem = await Assert.ThrowsAsync<OperationCanceledException>(() => wait);
        Assert.Equal("The WaitForInstanceStartAsync operation was canceled.", problem.Message);
    }

    [Fact]
    public async Task Wait_CancelledAlready_SaysSo()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Pending, "p");
        var cancelled = new CancellationToken(canceled: true);

        var start = await Assert.ThrowsAsync<OperationCanceledException>(() => client.WaitForInstanceStartAsync(id, cancelled));
        var completion = await Assert.ThrowsAsync<OperationCanceledException>(() => client.WaitForInstanceCompletionAsync(id, cancelled));

        Assert.Equal("The WaitForInstanceStartAsync operation was canceled.", start.Message);
        Assert.Equal("The WaitForInstanceCompletionAsync operation was canceled.", completion.Message);
        Assert.Null(completion.InnerException);
    }

    [Fact]
    public async Task WaitForCompletion_UnknownId_WaitsUntilSuchAnInstanceCompletes()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var wait = client.WaitForInstanceCompletionAsync("later", getInputsAndOutputs: true, Soon);
        Assert.False(wait.IsCompleted);

        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", new StartOrchestrationOptions("later"), Soon);

        Assert.Equal("\"in\"", (await wait.WaitAsync(TimeSpan.FromSeconds(30), Soon)).SerializedOutput);
    }

    [Fact]
    public async Task WaitForCompletion_OfASuspendedInstance_GoesOnWaiting()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Suspended, "s");
        var wait = client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon);
        await client.RaiseEventAsync(id, "go", "now", Soon);
        Assert.False(wait.IsCompleted);

        await client.ResumeInstanceAsync(id, Soon);

        Assert.Equal("\"now\"", (await wait.WaitAsync(TimeSpan.FromSeconds(30), Soon)).SerializedOutput);
    }

    [Fact]
    public async Task WaitForCompletion_HundredWaitersOfOneInstance_AllHearOfIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");
        var waits = Enumerable.Range(0, 100).Select(_ => client.WaitForInstanceCompletionAsync(id, Soon)).ToList();

        await client.RaiseEventAsync(id, "go", "all", Soon);

        Assert.All(await Task.WhenAll(waits), done => Assert.True(done.IsCompleted));
    }

    [Fact]
    [Trait("Behaviour", "Local")]
    public async Task WaitForCompletion_EngineStops_TellsTheWaiter_NotRecorded()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");
        var wait = client.WaitForInstanceCompletionAsync(id, Soon);

        await Durable.RestartAsync();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => wait);
        Assert.Contains("was stopped while instance 'r' was waited for", problem.Message, StringComparison.Ordinal);
    }
}
