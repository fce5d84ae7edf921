using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class ReadTests : DurableSuite
{
    [Fact]
    public async Task GetInstance_UnknownId_IsNull()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        Assert.Null(await client.GetInstanceAsync("nobody", Soon));
        Assert.Null(await client.GetInstanceAsync("nobody", getInputsAndOutputs: true, Soon));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task GetInstance_NoId_IsAnArgumentNullException(string? id)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        Assert.Equal("instanceId", (await Assert.ThrowsAsync<ArgumentNullException>(() => client.GetInstanceAsync(id!, Soon))).ParamName);
    }

    [Fact]
    public async Task GetInstance_WithoutData_HidesItAndReadingSaysWhy()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Failed, "f");

        var found = (await client.GetInstanceAsync(id, Soon))!;

        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Null(found.SerializedInput);
        Assert.Null(found.SerializedOutput);
        Assert.Null(found.SerializedCustomStatus);
        Assert.Null(found.FailureDetails);
        Assert.Equal(
            "The ReadInputAs method can only be used on OrchestrationMetadata objects that are fetched with the option to include input data.",
            Assert.Throws<InvalidOperationException>(() => found.ReadInputAs<string>()).Message);
        Assert.Equal(
            "The ReadOutputAs method can only be used on OrchestrationMetadata objects that are fetched with the option to include output data.",
            Assert.Throws<InvalidOperationException>(() => found.ReadOutputAs<string>()).Message);
        Assert.Throws<InvalidOperationException>(() => found.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task GetInstance_RunningWithData_ShowsInputAndCustomStatusOnly()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");

        var found = (await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!;

        Assert.Equal("in", found.ReadInputAs<string>());
        Assert.Equal("""{"Stage":"waits"}""", found.SerializedCustomStatus);
        Assert.Null(found.SerializedOutput);
        Assert.Null(found.ReadOutputAs<string>());
    }

    [Fact]
    public async Task GetInstance_Failed_OutputIsTheRawMessage()
    {
        await Durable.StartAsync(ClientFixture.Register);

        var done = await Durable.RunAsync(ClientFixture.Fail);

        Assert.Equal("it was to fail", done.SerializedOutput);
        Assert.Throws<System.Text.Json.JsonException>(() => done.ReadOutputAs<string>());
        Assert.Equal("System.InvalidOperationException", done.FailureDetails!.ErrorType);
        Assert.Equal("it was to fail", done.FailureDetails.ErrorMessage);
        Assert.NotNull(done.FailureDetails.StackTrace);
        Assert.True(done.FailureDetails.IsCausedBy<InvalidOperationException>());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public async Task IsRunningIsCompleted_InEachState_SayWhichItIs(OrchestrationRuntimeStatus status, bool isRunning, bool isCompleted)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "s");

        var found = (await client.GetInstanceAsync(id, Soon))!;

        Assert.Equal((isRunning, isCompleted), (found.IsRunning, found.IsCompleted));
    }

    [Fact]
    public async Task Timestamps_AreUtcAndOrdered()
    {
        await Durable.StartAsync(ClientFixture.Register);
        var before = DateTimeOffset.UtcNow;

        var done = await Durable.RunAsync(ClientFixture.Echo);

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (done.CreatedAt.Offset, done.LastUpdatedAt.Offset));
        Assert.InRange(done.CreatedAt, before, DateTimeOffset.UtcNow);
        Assert.InRange(done.LastUpdatedAt, done.CreatedAt, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task ToString_ShowsWhatWasFetched_FiftyCharactersEach()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var done = await Durable.RunAsync(ClientFixture.Echo, new string('x', 80));
        var bare = (await client.GetInstanceAsync(done.InstanceId, Soon))!;
        var times = $"CreatedAt: {done.CreatedAt:s}, LastUpdatedAt: {done.LastUpdatedAt:s}";
        var cut = "\"" + new string('x', 49) + "...";

        Assert.Equal($"[Name: 'Echo', ID: '{done.InstanceId}', RuntimeStatus: Completed, {times}]", bare.ToString());
        Assert.Equal(
            $"[Name: 'Echo', ID: '{done.InstanceId}', RuntimeStatus: Completed, {times}, Input: '{cut}', Output: '{cut}']", done.ToString());
        Assert.EndsWith(", FailureDetails: 'System.InvalidOperationException - it was to fail']", (await Durable.RunAsync(ClientFixture.Fail)).ToString());
    }

    [Fact]
    public async Task ContinueAsNew_SeenFromTheClient_IsOneInstanceWithTheLastInput()
    {
        var client = await Durable.StartAsync(code => code.Orchestrator("Count", async (TaskOrchestrationContext context, int count) =>
        {
            if (count == 1)
            {
                context.SetCustomStatus("first");
            }

            await context.WaitForExternalEvent<string?>("next");
            if (count < 3)
            {
                context.ContinueAsNew(count + 1);
            }

            return count;
        }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Count", 1, new StartOrchestrationOptions("c"), Soon);
        var first = await Durable.UntilAsync(id, found => found.SerializedCustomStatus == "\"first\"");

        await client.RaiseEventAsync(id, "next", Soon);
        var second = await Durable.UntilAsync(id, found => found.SerializedInput == "2");
        await client.RaiseEventAsync(id, "next", Soon);
        await client.RaiseEventAsync(id, "next", Soon);
        var done = await Durable.WaitAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, second.RuntimeStatus);
        Assert.True(second.CreatedAt >= first.CreatedAt);
        Assert.Equal(("3", "3", "c", "Count"), (done.SerializedInput, done.SerializedOutput, done.InstanceId, done.Name));
    }
}
