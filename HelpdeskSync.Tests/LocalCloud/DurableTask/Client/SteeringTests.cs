using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

/// <summary>What may be asked of an instance in which state, by the rules of the Functions host (DurableClient.cs, 2.13.7).</summary>
public sealed class SteeringTests : DurableSuite
{
    public static TheoryData<OrchestrationRuntimeStatus> FinishedStates =>
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task UnknownInstance_IsAnArgumentExceptionThatNamesIt()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        Func<Task>[] asks =
        [
            () => client.RaiseEventAsync("nobody", "go", Soon),
            () => client.TerminateInstanceAsync("nobody", Soon),
            () => client.SuspendInstanceAsync("nobody", Soon),
            () => client.ResumeInstanceAsync("nobody", Soon),
        ];

        foreach (var ask in asks)
        {
            Assert.Equal("No instance with ID 'nobody' was found.", (await Assert.ThrowsAsync<ArgumentException>(ask)).Message);
        }
    }

    [Theory]
    [Trait("Behaviour", "Functions")]
    [MemberData(nameof(FinishedStates))]
    public async Task FinishedInstance_IsAnInvalidOperationAndStaysAsItIs(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "over");
        var before = await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon);

        Assert.Equal(
            $"Cannot raise event go for orchestration instance over because instance is in {status} state",
            await RefusalAsync(() => client.RaiseEventAsync(id, "go", Soon)));
        Assert.Equal(Cannot("terminate", status), await RefusalAsync(() => client.TerminateInstanceAsync(id, Soon)));
        Assert.Equal(Cannot("suspend", status), await RefusalAsync(() => client.SuspendInstanceAsync(id, Soon)));
        Assert.Equal(Cannot("resume", status), await RefusalAsync(() => client.ResumeInstanceAsync(id, Soon)));

        Assert.Equal(before!.ToString(), (await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!.ToString());
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task SuspendedInstance_CannotBeSuspendedAgain()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Suspended, "over");

        Assert.Equal(Cannot("suspend", OrchestrationRuntimeStatus.Suspended), await RefusalAsync(() => client.SuspendInstanceAsync(id, Soon)));
    }

    [Theory]
    [Trait("Behaviour", "Functions")]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    public async Task InstanceThatIsNotSuspended_CannotBeResumed(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "over");

        Assert.Equal(Cannot("resume", status), await RefusalAsync(() => client.ResumeInstanceAsync(id, Soon)));
    }

    [Fact]
    public async Task NoId_IsRefused()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RaiseEventAsync(string.Empty, "go", Soon));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.TerminateInstanceAsync(string.Empty, Soon));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.SuspendInstanceAsync(string.Empty, Soon));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.ResumeInstanceAsync(string.Empty, Soon));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.PurgeInstanceAsync(string.Empty, Soon));
        Assert.Equal("eventName", (await Assert.ThrowsAsync<ArgumentNullException>(() => client.RaiseEventAsync("x", null!, Soon))).ParamName);
    }

    [Fact]
    [Trait("Behaviour", "Local")]
    public async Task WaitForStart_NoId_IsRefusedInsteadOfWaitingForEver()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.WaitForInstanceStartAsync(string.Empty, Soon));
    }

    [Fact]
    public async Task RaiseEvent_BetweenScheduleAndFirstTurn_IsDelivered()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        for (var i = 0; i < 50; i++)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, Soon);
            await client.RaiseEventAsync(id, "GO", $"{i}", Soon);
            Assert.Equal($"\"{i}\"", (await Durable.WaitAsync(id)).SerializedOutput);
        }
    }

    [Fact]
    public async Task RaiseEvent_WhileTurnsAreCommitted_LosesNoneAndKeepsTheirOrder()
    {
        const int Events = 120;
        var client = await Durable.StartAsync(code => code
            .Orchestrator("Collect", async context =>
            {
                var got = new List<int>();
                for (var i = 0; i < Events; i++)
                {
                    got.Add(await context.WaitForExternalEvent<int>("number"));
                    await context.CallActivityAsync<int>("Note", i);
                }

                return got;
            })
            .Activity<int, int>("Note", i => i));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Collect", Soon);

        for (var i = 0; i < Events; i++)
        {
            await client.RaiseEventAsync(id, "number", i, Soon);
        }

        Assert.Equal(Enumerable.Range(0, Events), (await Durable.WaitAsync(id)).ReadOutputAs<List<int>>()!);
    }

    [Fact]
    public async Task Restart_SameIdOfFinished_RunsAgainWithTheSameInputAndNoTags()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var options = new Microsoft.DurableTask.StartOrchestrationOptions("again") { Tags = new Dictionary<string, string> { ["a"] = "b" } };
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, 7, options, Soon);
        var first = await Durable.WaitAsync("again");

        Assert.Equal("again", await client.RestartAsync("again", cancellation: Soon));

        var second = await Durable.WaitAsync("again");
        Assert.True(second.CreatedAt > first.CreatedAt);
        Assert.Equal(("7", "7"), (second.SerializedInput, second.SerializedOutput));
        Assert.Empty(second.Tags);
    }

    [Fact]
    public async Task Restart_NewId_LeavesTheOldOneUntouched()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");

        var copy = await client.RestartAsync(id, restartWithNewInstanceId: true, Soon);

        Assert.Matches("^[0-9a-f]{32}$", copy);
        await client.RaiseEventAsync(copy, "go", "copy", Soon);
        Assert.Equal(("\"in\"", "\"copy\""), ((await Durable.WaitAsync(copy)).SerializedInput, (await Durable.WaitAsync(copy)).SerializedOutput));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await client.GetInstanceAsync(id, Soon))!.RuntimeStatus);
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Restart_UnknownOrRunningUnderItsId_SaysWhy()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(OrchestrationRuntimeStatus.Running, "r");

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => client.RestartAsync("nobody", cancellation: Soon));
        Assert.Equal("An orchestration with the instanceId nobody was not found.", unknown.Message);
        Assert.Equal("An orchestration with the instanceId r cannot be restarted.", await RefusalAsync(() => client.RestartAsync(id, cancellation: Soon)));
    }

    private static string Cannot(string verb, OrchestrationRuntimeStatus status) =>
        $"Cannot {verb} the orchestration instance over because instance is in the {status} state.";

    private static async Task<string> RefusalAsync(Func<Task> ask) => (await Assert.ThrowsAsync<InvalidOperationException>(ask)).Message;
}
