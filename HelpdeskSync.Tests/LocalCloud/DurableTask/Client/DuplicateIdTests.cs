using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

/// <summary>An id that is taken, with the Functions host's rule: what has not finished stays, what has finished is replaced.</summary>
public sealed class DuplicateIdTests : DurableSuite
{
    [Theory]
    [Trait("Behaviour", "Functions")]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task Schedule_IdOfUnfinishedInstance_IsRefusedAndLeavesItAlone(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "taken");

        var problem = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "other", new StartOrchestrationOptions(id), Soon));

        Assert.Equal($"An orchestration with id 'taken' already exists. It's in the {status} state.", problem.Message);
        var found = await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon);
        Assert.Equal((ClientFixture.Wait, "\"in\"", status), (found!.Name, found.SerializedInput, found.RuntimeStatus));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Schedule_IdOfFinishedInstance_ReplacesIt(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "taken");

        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "other", new StartOrchestrationOptions(id), Soon);

        var done = await Durable.UntilAsync(id, found => found.SerializedInput == "\"other\"" && found.IsCompleted);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"other\""), (done.RuntimeStatus, done.SerializedOutput));
        Assert.Null(done.FailureDetails);
        Assert.Null(done.SerializedCustomStatus);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Schedule_StatusInDedupeStatuses_IsRefused(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "taken");

        var problem = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => client.ScheduleNewOrchestrationInstanceAsync(
            ClientFixture.Echo, "other", new StartOrchestrationOptions(id).WithDedupeStatuses(status), Soon));

        Assert.Equal($"An orchestration with id 'taken' already exists. It's in the {status} state.", problem.Message);
        Assert.Equal("\"in\"", (await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!.SerializedInput);
    }

    [Fact]
    public async Task Schedule_DedupeStatusesOfOtherStates_ReplacesIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Completed, "taken");
        var options = new StartOrchestrationOptions(id) { DedupeStatuses = ["failed", "TERMINATED", "5"] };

        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "other", options, Soon);

        Assert.Equal("\"other\"", (await Durable.WaitAsync(id)).SerializedInput);
    }

    [Fact]
    public async Task Schedule_UnknownDedupeStatus_IsAnArgumentException()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var problem = await Assert.ThrowsAsync<ArgumentException>(() => client.ScheduleNewOrchestrationInstanceAsync(
            ClientFixture.Echo, null, new StartOrchestrationOptions("new") { DedupeStatuses = ["Bogus"] }, Soon));

        Assert.Equal("Invalid orchestration runtime status: 'Bogus' for deduplication.", problem.Message);
        Assert.Null(await client.GetInstanceAsync("new", Soon));
    }

    [Fact]
    public void ValidDedupeStatuses_AreAllButContinuedAsNew() => Assert.Equal(
        [
            OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
            OrchestrationRuntimeStatus.Canceled, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        ],
        StartOrchestrationOptionsExtensions.ValidDedupeStatuses);

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Schedule_SameIdFiftyTimesAtOnce_StartsOneInstance()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, i, new StartOrchestrationOptions("one"), Soon);
                return i;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(outcomes, outcome => outcome >= 0);
        Assert.Equal(winner, (await client.GetInstanceAsync("one", getInputsAndOutputs: true, Soon))!.ReadInputAs<int>());
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task CallSubOrchestrator_IdOfUnfinishedInstance_FailsThatCall_NotRecorded()
    {
        await Durable.StartAsync(code =>
        {
            ClientFixture.Register(code);
            code.Orchestrator("Caller", async context =>
                await context.CallSubOrchestratorAsync<string>(ClientFixture.Echo, options: new SubOrchestrationOptions(instanceId: "taken")));
        });
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "taken");

        var done = await Durable.RunAsync("Caller");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal(typeof(OrchestrationAlreadyExistsException).FullName, done.FailureDetails!.InnerFailure!.ErrorType);
    }
}
