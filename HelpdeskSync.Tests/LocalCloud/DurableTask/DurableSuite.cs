using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// What every class of the conformance suite begins with. The suite's expectations are what the official engine was seen to do, or what its
/// source says; a name that ends in NotRecorded marks those that only our reading of the source, or no source at all, stands behind.
/// </summary>
public abstract class DurableSuite : IAsyncDisposable
{
    protected DurableFixture Durable { get; set; } = new();

    public static CancellationToken Soon => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Durable.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts an engine with one orchestrator, runs it and waits for its end.</summary>
    protected Task<OrchestrationMetadata> RunAsync<T>(
        Func<TaskOrchestrationContext, Task<T>> main, Action<DurableCode>? code = null, object? input = null) =>
        RunAsync<object?, T>((context, _) => main(context), code, input);

    /// <summary>The same with an orchestrator that looks at its input.</summary>
    protected async Task<OrchestrationMetadata> RunAsync<TInput, T>(
        Func<TaskOrchestrationContext, TInput, Task<T>> main, Action<DurableCode>? code = null, object? input = null)
    {
        await StartAsync(main, code);
        return await Durable.RunAsync("Main", input);
    }

    /// <summary>Starts an engine with one orchestrator and an instance of it.</summary>
    protected Task<string> ScheduleAsync<T>(
        Func<TaskOrchestrationContext, Task<T>> main, Action<DurableCode>? code = null, object? input = null) =>
        ScheduleAsync<object?, T>((context, _) => main(context), code, input);

    /// <summary>The same with an orchestrator that looks at its input.</summary>
    protected async Task<string> ScheduleAsync<TInput, T>(
        Func<TaskOrchestrationContext, TInput, Task<T>> main, Action<DurableCode>? code = null, object? input = null)
    {
        await StartAsync(main, code);
        return await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Main", input, Soon);
    }

    protected Task<DurableTaskClient> StartAsync<T>(Func<TaskOrchestrationContext, Task<T>> main, Action<DurableCode>? code = null) =>
        StartAsync<object?, T>((context, _) => main(context), code);

    protected Task<DurableTaskClient> StartAsync<TInput, T>(
        Func<TaskOrchestrationContext, TInput, Task<T>> main, Action<DurableCode>? code = null) =>
        Durable.StartAsync(all =>
        {
            all.Orchestrator("Main", main);
            code?.Invoke(all);
        });

    /// <summary>Waits until the orchestrator has published this custom status.</summary>
    protected Task<OrchestrationMetadata> UntilStatusAsync(string id, string status) =>
        Durable.UntilAsync(id, found => found.SerializedCustomStatus == $"\"{status}\"");

    /// <summary>That a timer fired when it was due, or a little later where the engine's clock is the real one.</summary>
    protected void AssertSlept(TimeSpan asked, TimeSpan slept) => Assert.InRange(slept, asked, asked + Durable.LatestTimer);

    /// <summary>The number of the next call of this orchestrator: what a call to an activity that does not exist fails with.</summary>
    protected static async Task<int> NextTaskIdAsync(TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync("No such activity");
            throw new InvalidOperationException("The activity exists.");
        }
        catch (TaskFailedException missing)
        {
            return missing.TaskId;
        }
    }
}
