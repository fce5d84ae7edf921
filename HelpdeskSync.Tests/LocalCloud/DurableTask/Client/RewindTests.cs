using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

/// <summary>
/// Rewinding as DurableTask.AzureStorage 2.11 does it, which was run against Azurite with these tests; where that hangs or throws, and for the
/// checks of the Functions host (DurableClient.RewindAsync, 2.13.7), the names say NotRecorded. The official in-memory store has no rewinding.
/// </summary>
[Trait("Behaviour", "Backend")]
public sealed class RewindTests : DurableSuite
{
    private readonly ConcurrentDictionary<string, int> runs = new();
    private TaskCompletionSource gate = new();
    private volatile bool isMended;

    [Fact]
    public async Task Rewind_FailedActivity_RunsOnlyThatAgain()
    {
        var before = await FailAsync(async context =>
        {
            var first = await context.CallActivityAsync<string>("Good", "a");
            return first + await context.CallActivityAsync<string>("Bad", "b");
        });

        var after = await MendAndRewindAsync(before.InstanceId);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"ab\""), (after.RuntimeStatus, after.SerializedOutput));
        Assert.Equal((1, 2), (runs["a"], runs["b"]));
        Assert.Null(after.FailureDetails);
        Assert.Equal(before.CreatedAt, after.CreatedAt);
    }

    [Fact]
    public async Task Rewind_FanOut_RunsTheFailedOnesAgain()
    {
        var before = await FailAsync(context => Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => context.CallActivityAsync<string>(i % 3 == 0 ? "Bad" : "Good", $"{i}"))));

        var after = await MendAndRewindAsync(before.InstanceId);

        Assert.Equal(["0", "1", "2", "3", "4", "5"], after.ReadOutputAs<string[]>()!);
        Assert.Equal([2, 1, 1, 2, 1, 1], Enumerable.Range(0, 6).Select(i => runs[$"{i}"]));
    }

    [Fact]
    public async Task Rewind_FailedGrandchild_IsRunOnInPlaceAndTellsItsParents()
    {
        var before = await FailAsync(
            async context => "m" + await context.CallSubOrchestratorAsync<string>("Child", options: Id("kid")),
            code => code
                .Orchestrator("Child", async context => "c" + await context.CallSubOrchestratorAsync<string>("Grandchild", options: Id("grandkid")))
                .Orchestrator("Grandchild", async context =>
                    await context.CallActivityAsync<string>("Good", "g") + await context.CallActivityAsync<string>("Bad", "b")));

        var after = await MendAndRewindAsync(before.InstanceId);

        Assert.Equal("\"mcgb\"", after.SerializedOutput);
        Assert.Equal((1, 2), (runs["g"], runs["b"]));
        Assert.Equal("\"cgb\"", (await Durable.WaitAsync("kid")).SerializedOutput);
        Assert.Equal("\"gb\"", (await Durable.WaitAsync("grandkid")).SerializedOutput);
    }

    [Fact]
    public async Task Rewind_FailedChildThatWasPurged_IsCreatedAnew_NotRecorded()
    {
        var before = await FailAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", options: Id("kid")),
            code => code.Orchestrator("Child", context => context.CallActivityAsync<string>("Bad", "b")));
        await Durable.Client.PurgeInstanceAsync("kid", Soon);

        Assert.Equal("\"b\"", (await MendAndRewindAsync(before.InstanceId)).SerializedOutput);
    }

    [Fact]
    public async Task Rewind_CodeThatThrew_RunsOnAsItStandsNow_NotRecorded()
    {
        var before = await FailAsync(async context =>
        {
            var good = await context.CallActivityAsync<string>("Good", "a");
            return isMended ? good : throw new InvalidOperationException("not mended");
        });
        Assert.Equal("not mended", before.FailureDetails!.ErrorMessage);

        Assert.Equal("\"a\"", (await MendAndRewindAsync(before.InstanceId)).SerializedOutput);
        Assert.Equal(1, runs["a"]);
    }

    [Fact]
    public async Task Rewind_FailsAgain_CanBeRewoundAgain()
    {
        var before = await FailAsync(context => context.CallActivityAsync<string>("Bad", "b"));
        await Durable.Client.RewindInstanceAsync(before.InstanceId, "too early", Soon);
        var again = await Durable.UntilAsync(before.InstanceId, found => found.IsCompleted && runs["b"] == 2);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, again.RuntimeStatus);

        Assert.Equal("\"b\"", (await MendAndRewindAsync(before.InstanceId)).SerializedOutput);
        Assert.Equal(3, runs["b"]);
    }

    [Fact]
    public async Task Rewind_UnderWay_IsPendingToTheEndAndKeepsItsOldOutput()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var before = await FailAsync(
            async context => await context.CallActivityAsync<string>("Held", "h"),
            code => code.Activity<string, string>("Held", async text =>
            {
                begun.TrySetResult();
                await (isMended ? release.Task : throw new InvalidOperationException("not mended"));
                return text;
            }));

        (isMended, begun) = (true, new TaskCompletionSource());
        await Durable.Client.RewindInstanceAsync(before.InstanceId, "mended", Soon);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Soon);
        var running = (await Durable.Client.GetInstanceAsync(before.InstanceId, getInputsAndOutputs: true, Soon))!;
        release.SetResult();

        Assert.Equal(OrchestrationRuntimeStatus.Pending, running.RuntimeStatus);
        Assert.Null(running.FailureDetails);
        Assert.Equal(before.SerializedOutput, running.SerializedOutput);
        Assert.Equal("\"h\"", (await Durable.WaitAsync(before.InstanceId)).SerializedOutput);
    }

    [Fact]
    public async Task Rewind_History_ShowsGenericEventsWhereFailuresWere()
    {
        var before = await FailAsync(context => context.CallActivityAsync<string>("Bad", "b"));

        await MendAndRewindAsync(before.InstanceId);

        Assert.Equal(
            [
                "OrchestratorStarted", "ExecutionStarted", "GenericEvent", "OrchestratorCompleted",
                "OrchestratorStarted", "GenericEvent", "GenericEvent", "OrchestratorCompleted",
                "OrchestratorStarted", "GenericEvent", "TaskScheduled", "OrchestratorCompleted",
                "OrchestratorStarted", "TaskCompleted", "ExecutionCompleted", "OrchestratorCompleted",
            ],
            await Durable.HistoryKindsAsync(before.InstanceId));
    }

    [Fact]
    public async Task Rewind_ThenRestartOfTheEngine_GoesOn_NotRecorded()
    {
        var before = await FailAsync(context => context.CallActivityAsync<string>("Bad", "b"));
        isMended = true;
        await Durable.Client.RewindInstanceAsync(before.InstanceId, "mended", Soon);

        await Durable.RestartAsync();

        Assert.Equal("\"b\"", (await Durable.WaitAsync(before.InstanceId)).SerializedOutput);
    }

    [Fact]
    public async Task Rewind_AfterRetries_FailsAsNonDeterministic_Issue617()
    {
        var before = await FailAsync(context => context.CallActivityAsync<string>(
            "Bad", "b", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))));

        var after = await MendAndRewindAsync(before.InstanceId);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, after.RuntimeStatus);
        Assert.Contains("Non-Deterministic workflow detected", after.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewind_AfterAHandledFailure_FailsAsNonDeterministic_Issue444()
    {
        var before = await FailAsync(async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Bad", "b");
            }
            catch (TaskFailedException)
            {
                await context.CallActivityAsync<string>("Good", "report");
                throw;
            }
        });

        var after = await MendAndRewindAsync(before.InstanceId);

        Assert.Contains("Non-Deterministic workflow detected", after.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewind_ChangedCodeThatIsPutBack_MakesTheCallsThatStoodOpenAgain_NotRecorded()
    {
        Action<DurableCode> Code(string called) => code => Register(code).Orchestrator("Main", async context =>
        {
            var open = context.CallActivityAsync<string>(called, "b");
            return await context.WaitForExternalEvent<string>("go") + await open;
        });
        isMended = true;
        var hold = gate = new TaskCompletionSource();
        var client = await Durable.StartAsync(Code("Gated"));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Main", Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        client = await Durable.RestartAsync(Code("Good"));
        await client.RaiseEventAsync(id, "go", "a", Soon);
        Assert.Contains("Non-Deterministic", (await Durable.WaitAsync(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        hold.SetResult();
        await Durable.UntilAsync(id, _ => runs.GetValueOrDefault("b") >= 1);

        client = await Durable.RestartAsync(Code("Gated"));
        await client.RewindInstanceAsync(id, "put back", Soon);

        Assert.Equal("\"ab\"", (await Durable.WaitAsync(id)).SerializedOutput);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Rewind_InstanceThatHasNotFailed_IsRefusedAndLeftAlone_NotRecorded(OrchestrationRuntimeStatus status)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var id = await Durable.InStateAsync(status, "x");
        var before = await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon);

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => client.RewindInstanceAsync(id, "why", Soon));

        Assert.Equal("The rewind operation is only supported on failed orchestration instances.", problem.Message);
        Assert.Equal(before!.ToString(), (await client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!.ToString());
    }

    [Fact]
    public async Task Rewind_UnknownInstanceOrNoId_IsAnArgumentException_NotRecorded()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        Assert.Equal(
            "No instance with ID 'nobody' was found.",
            (await Assert.ThrowsAsync<ArgumentException>(() => client.RewindInstanceAsync("nobody", "why", Soon))).Message);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RewindInstanceAsync(string.Empty, "why", Soon));
    }

    private static SubOrchestrationOptions Id(string id) => new(instanceId: id);

    private DurableCode Register(DurableCode code) => code
        .Activity<string, string>("Good", Note)
        .Activity<string, string>("Bad", text => Note(text) is var noted && isMended ? noted : throw new InvalidOperationException("not mended"))
        .Activity<string, string>("Gated", async text =>
        {
            await gate.Task;
            return Note(text);
        });

    private string Note(string text)
    {
        runs.AddOrUpdate(text, 1, (_, before) => before + 1);
        return text;
    }

    private async Task<OrchestrationMetadata> FailAsync<T>(
        Func<TaskOrchestrationContext, Task<T>> main, Action<DurableCode>? more = null)
    {
        var ended = await RunAsync(main, code =>
        {
            Register(code);
            more?.Invoke(code);
        });
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        return ended;
    }

    private async Task<OrchestrationMetadata> MendAndRewindAsync(string id)
    {
        isMended = true;
        await Durable.Client.RewindInstanceAsync(id, "mended", Soon);
        return await Durable.WaitAsync(id);
    }
}
