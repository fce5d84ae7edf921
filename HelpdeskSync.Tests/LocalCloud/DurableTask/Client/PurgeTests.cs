using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class PurgeTests : DurableSuite
{
    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task PurgeInstance_Finished_RemovesIt(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "over");

        Assert.Equal(1, (await client.PurgeInstanceAsync(id, Soon)).PurgedInstanceCount);

        Assert.Null(await client.GetInstanceAsync(id, Soon));
        Assert.Equal(0, (await client.PurgeInstanceAsync(id, Soon)).PurgedInstanceCount);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public Task PurgeInstance_Unfinished_LeavesItAlone(OrchestrationRuntimeStatus status) => LeavesAloneAsync(status);

    [Fact]
    [Trait("Behaviour", "Backend")]
    public Task PurgeInstance_ScheduledForLater_LeavesItAlone() => LeavesAloneAsync(OrchestrationRuntimeStatus.Pending);

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task PurgeInstance_WithChildren_TakesThemOnlyWhenRecursive()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        foreach (var id in new[] { "a", "b" })
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Parent, new StartOrchestrationOptions(id), Soon);
            await Durable.UntilAsync($"{id}-child", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
            await client.RaiseEventAsync($"{id}-child", "go", "x", Soon);
            await Durable.WaitAsync(id);
        }

        Assert.Equal(1, (await client.PurgeInstanceAsync("a", Soon)).PurgedInstanceCount);
        Assert.Equal(2, (await client.PurgeInstanceAsync("b", new PurgeInstanceOptions(Recursive: true), Soon)).PurgedInstanceCount);

        Assert.NotNull(await client.GetInstanceAsync("a-child", Soon));
        Assert.Null(await client.GetInstanceAsync("b-child", Soon));
    }

    [Fact]
    public async Task PurgeAll_ByTime_IncludesBothEnds()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var found = new List<OrchestrationMetadata>();
        for (var i = 0; i < 4; i++)
        {
            found.Add(await Durable.RunAsync(ClientFixture.Echo, i));
        }

        var result = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(found[1].CreatedAt, found[2].CreatedAt), Soon);

        Assert.Equal(2, result.PurgedInstanceCount);
        Assert.Equal(new[] { found[0].InstanceId, found[3].InstanceId }.Order(StringComparer.Ordinal), await LeftAsync(client));
    }

    [Fact]
    public async Task PurgeAll_ByStatus_TakesThose()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Completed, "1");
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Failed, "2");
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Terminated, "3");

        var result = await client.PurgeInstancesAsync(
            DateTimeOffset.UnixEpoch, null, [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated], Soon);

        Assert.Equal(2, result.PurgedInstanceCount);
        Assert.Equal(["1"], await LeftAsync(client));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task PurgeAll_WithoutConditions_TakesEveryFinishedInstance_NotRecordedForAzure()
    {
        // The sidecar takes running ones as well, and fails without a time; here a running instance is never purged.
        var client = await Durable.StartAsync(ClientFixture.Register);
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "alive");
        for (var i = 0; i < 450; i++)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, new StartOrchestrationOptions($"done-{i}"), Soon);
        }

        for (var i = 0; i < 450; i++)
        {
            await Durable.WaitAsync($"done-{i}");
        }

        var result = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), Soon);

        Assert.Equal((450, true), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Equal(["alive"], await LeftAsync(client));
    }

    private static async Task<List<string>> LeftAsync(DurableTaskClient client)
    {
        var left = new List<string>();
        await foreach (var instance in client.GetAllInstancesAsync())
        {
            left.Add(instance.InstanceId);
        }

        left.Sort(StringComparer.Ordinal);
        return left;
    }

    private async Task LeavesAloneAsync(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "alive");

        var result = await client.PurgeInstanceAsync(id, Soon);

        Assert.Equal((0, null), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Equal(status, (await client.GetInstanceAsync(id, Soon))!.RuntimeStatus);
    }
}
