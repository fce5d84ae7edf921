using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.Tests.LocalCloud.DurableTask.Client;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>A full disk, poison, and work that is under way when the engine stops.</summary>
[Trait("Behaviour", "Local")]
public sealed class FaultTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    private static CancellationToken Soon => DurableSuite.Soon;

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Fact]
    public async Task FullDisk_TellsTheCaller_LosesNothing_AndGoesOnWhenThereIsSpace()
    {
        durable.Configure = options => options with { LargestDatabase = 2_000_000 };
        var client = await durable.StartAsync(ClientFixture.Register);
        var waiting = await durable.InStateAsync(OrchestrationRuntimeStatus.Running, "waiting");
        var acknowledged = new List<string>();

        var problem = await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, new string('x', 50_000), Soon);
                acknowledged.Add(id);
                await client.WaitForInstanceStartAsync(id, Soon).WaitAsync(TimeSpan.FromSeconds(5), Soon).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });

        Assert.Contains($"The Durable Task database '{durable.DatabasePath}' could not be written", problem.Message, StringComparison.Ordinal);
        Assert.Contains("nothing of this change was stored", problem.Message, StringComparison.Ordinal);
        foreach (var id in acknowledged)
        {
            Assert.NotNull(await client.GetInstanceAsync(id, Soon));
        }

        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), Soon);
        await client.RaiseEventAsync(waiting, "go", "space again", Soon);
        Assert.Equal("space again", (await durable.WaitAsync(waiting)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task PoisonActivity_WhoseExceptionCannotBeDescribed_FailsAndTheOthersRun()
    {
        await durable.StartAsync(code => code
            .Orchestrator<int, int>("Call", (context, input) => context.CallActivityAsync<int>("Poison", input))
            .Activity<int, int>("Poison", (_, value) => value < 0 ? throw new EvilException() : Task.FromResult(value)));

        for (var i = 0; i < 2 * new DurableTaskEngineOptions { DatabasePath = string.Empty }.MaxConcurrentActivities; i++)
        {
            var poisoned = await durable.RunAsync("Call", -1);
            Assert.Equal(typeof(EvilException).FullName, poisoned.FailureDetails!.InnerFailure!.ErrorType);
        }

        Assert.Equal("3", (await durable.RunAsync("Call", 3)).SerializedOutput);
    }

    [Fact]
    public async Task PoisonOrchestrator_WhoseExceptionCannotBeDescribed_FailsAndTheOthersRun()
    {
        await durable.StartAsync(code =>
        {
            ClientFixture.Register(code);
            code.Orchestrator("Poison", Task (_) => throw new EvilException());
        });

        for (var i = 0; i < 2 * new DurableTaskEngineOptions { DatabasePath = string.Empty }.MaxConcurrentOrchestrators; i++)
        {
            var poisoned = await durable.RunAsync("Poison");
            Assert.Equal(OrchestrationRuntimeStatus.Failed, poisoned.RuntimeStatus);
        }

        Assert.Equal("3", (await durable.RunAsync(ClientFixture.Echo, 3)).SerializedOutput);
    }

    [Fact]
    public async Task Stop_ActivityRuns_IsWaitedForAndItsResultStored()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var runs = 0;
        var client = await durable.StartAsync(code => code
            .Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"))
            .Activity<int?, int>("Slow", async _ =>
            {
                begun.TrySetResult();
                await release.Task;
                return Interlocked.Increment(ref runs);
            }));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Call", Soon);
        await begun.Task;

        var stop = durable.Engine.StopAsync(Soon);
        Assert.False(stop.IsCompleted);
        release.SetResult();
        await stop;
        await durable.RestartAsync();

        Assert.Equal("1", (await durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Stop_OutOfPatience_CancelsActivitiesAndRunsThemAgainAtTheNextStart()
    {
        var cancelled = new TaskCompletionSource();
        var runs = 0;
        var client = await durable.StartAsync(code => code.Orchestrator("Call", context => context.CallActivityAsync<int>("Slow")));
        durable.Engine.AddActivity("Slow", async (_, _, stopNow) =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                await Task.Delay(Timeout.Infinite, stopNow).ContinueWith(_ => cancelled.SetResult(), TaskScheduler.Default);
                stopNow.ThrowIfCancellationRequested();
            }

            return runs;
        });
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Call", Soon);
        SpinWait.SpinUntil(() => Volatile.Read(ref runs) == 1, TimeSpan.FromSeconds(30));

        await durable.RestartAsync(code => code
            .Orchestrator("Call", context => context.CallActivityAsync<int>("Slow"))
            .Activity<int?, int>("Slow", _ => Interlocked.Increment(ref runs)));

        await cancelled.Task;
        Assert.Equal("2", (await durable.WaitAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Client_BeforeStartAndAfterStop_SaysSo()
    {
        var client = await durable.StartAsync(ClientFixture.Register);
        await durable.Engine.StopAsync(Soon);

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, Soon));

        Assert.Equal("The Durable Task engine is not running; call StartAsync first.", problem.Message);
        await durable.Engine.StopAsync(Soon);
    }

    [Fact]
    public async Task Restart_TimersDueMeanwhileAndLater_AllFire()
    {
        var client = await durable.StartAsync(code => code.Orchestrator("Sleep", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(context.GetInput<int>()), CancellationToken.None);
            return context.InstanceId;
        }));
        var ids = new List<string>();
        foreach (var milliseconds in new[] { 1, 20, 100, 400, 900 })
        {
            ids.Add(await client.ScheduleNewOrchestrationInstanceAsync("Sleep", milliseconds, Soon));
        }

        await durable.RestartAsync();
        await durable.RestartAsync();

        foreach (var id in ids)
        {
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await durable.WaitAsync(id)).RuntimeStatus);
        }
    }

    private sealed class EvilException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");
    }
}
