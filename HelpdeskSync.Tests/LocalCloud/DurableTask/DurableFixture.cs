using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>The one place where the conformance suite meets the engine: everything else in it knows only the official API.</summary>
public class DurableFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("durable-").FullName;
    private DurableTaskEngine? engine;
    private Action<Registry> register = _ => { };

    public DurableTaskClient Client => engine!.Client;

    internal DurableTaskEngine Engine => engine!;

    internal string DatabasePath => Path.Combine(folder, "durable.db");

    internal TimeProvider Time { get; set; } = TimeProvider.System;

    public static CancellationToken Soon => TestContext.Current.CancellationToken;

    public async Task<DurableTaskClient> StartAsync(Action<Registry> registrations)
    {
        register = registrations;
        engine = new DurableTaskEngine(new DurableTaskEngineOptions { DatabasePath = DatabasePath }, Time, NullLoggerFactory.Instance);
        register(new Registry(engine));
        await engine.StartAsync(Soon);
        return engine.Client;
    }

    /// <summary>Stops without waiting for activities, and starts again on the same data, perhaps with other code.</summary>
    public async Task<DurableTaskClient> RestartAsync(Action<Registry>? registrations = null)
    {
        await engine!.DisposeAsync();
        return await StartAsync(registrations ?? register);
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, Soon);
        return await WaitAsync(id);
    }

    public async Task<OrchestrationMetadata> WaitAsync(string id) =>
        await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon).WaitAsync(TimeSpan.FromSeconds(20), Soon);

    /// <summary>Waits until a state is reached that the client only shows by asking.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string id, Func<OrchestrationMetadata, bool> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, limit.Token) is { } found && reached(found))
            {
                return found;
            }

            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Registers code in typed form.</summary>
    public sealed class Registry(DurableTaskEngine engine)
    {
        private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

        public Registry Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
        {
            engine.AddOrchestrator(name, async context => await run(context));
            return this;
        }

        public Registry Orchestrator(string name, Func<TaskOrchestrationContext, Task> run)
        {
            engine.AddOrchestrator(name, async context =>
            {
                await run(context);
                return null;
            });
            return this;
        }

        public Registry Activity<TInput, TResult>(string name, Func<TInput, Task<TResult>> run) =>
            Activity<TInput, TResult>(name, (_, input) => run(input));

        public Registry Activity<TInput, TResult>(string name, Func<TaskActivityContext, TInput, Task<TResult>> run)
        {
            engine.AddActivity(name, async (context, json, _) =>
                await run(context, json is null ? default! : JsonSerializer.Deserialize<TInput>(json, Json)!));
            return this;
        }
    }
}
