using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// The one place where the conformance suite meets the engine; everything else in it knows only the official API. To run the suite against
/// the official worker and client, replace this file (docs/durable-engine.md says how): the members that are public here are what it needs.
/// </summary>
public sealed class DurableFixture : IAsyncDisposable
{
    private readonly CapturedLog log = new();
    private string? folder;
    private DurableTaskEngine? engine;
    private Action<DurableCode> register = _ => { };

    public DurableTaskClient Client => Engine.Client;

    /// <summary>What orchestrators, the worker and the engine have logged so far.</summary>
    public IReadOnlyList<LoggedLine> Log => log.Lines;

    /// <summary>How long an orchestrator may block on a task: short in the one test that blocks. Only for an engine that has such a limit.</summary>
    public TimeSpan LongestBlock { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How much later than due a timer may fire: a second or two for an engine on the real clock.</summary>
    public TimeSpan LatestTimer => Time is LeapingClock ? TimeSpan.Zero : TimeSpan.FromSeconds(20);

    /// <summary>How long a test waits for what must come. A store in the cloud needs more.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>
    /// A fixture whose waits take no time: orchestrators still see every delay, exactly, on their own clock. An engine without a clock to
    /// inject returns a common fixture and leaves away the tests of the trait Needs=Clock; the others of these classes wait two seconds at most.
    /// </summary>
    public static DurableFixture WithLeapingClock() => new() { Time = new LeapingClock(new DateTimeOffset(2025, 3, 1, 8, 0, 0, TimeSpan.Zero)) };

    /// <summary>The engine's clock; only tests of the trait Needs=Clock set it.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Starts the engine with a test's code. It is asked once; <see cref="RestartAsync"/> comes after it.</summary>
    public async Task<DurableTaskClient> StartAsync(Action<DurableCode> registrations)
    {
        register = registrations;
        engine = new DurableTaskEngine(
            Configure(new DurableTaskEngineOptions { DatabasePath = DatabasePath, LongestBlock = LongestBlock }), Time, log);
        register(new DurableCode(new Registry(engine)));
        await engine.StartAsync(TestContext.Current.CancellationToken);
        return engine.Client;
    }

    /// <summary>Stops without waiting for activities, and starts again on the same data, perhaps with other code.</summary>
    public async Task<DurableTaskClient> RestartAsync(Action<DurableCode>? registrations = null)
    {
        await Engine.DisposeAsync();
        return await StartAsync(registrations ?? register);
    }

    /// <summary>Stops without waiting for activities; <see cref="RestartAsync"/> starts again.</summary>
    public Task StopAsync() => Engine.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>The kinds of what has happened to an instance, oldest first, by the names of the management API. Only tests of the trait Behaviour=Backend ask.</summary>
    public async Task<IReadOnlyList<string>> HistoryKindsAsync(string id) =>
        [.. (await Engine.GetHistoryAsync(id, TestContext.Current.CancellationToken)).Select(happened => happened.EventType)];

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What follows is for the tests of this engine alone, those of the trait Behaviour=Local.

    internal DurableTaskEngine Engine => engine ?? throw new InvalidOperationException("The test has not started the engine.");

    // Made when it is needed: a suite begins with a fixture that some of its classes replace by another.
    internal string DatabasePath => Path.Combine(folder ??= Directory.CreateTempSubdirectory("durable-").FullName, "durable.db");

    /// <summary>Changes the engine's options.</summary>
    internal Func<DurableTaskEngineOptions, DurableTaskEngineOptions> Configure { get; set; } = options => options;

    private sealed class Registry(DurableTaskEngine engine) : IDurableRegistry
    {
        private static readonly JsonSerializerOptions Json = new DurableTaskEngineOptions { DatabasePath = "none" }.SerializerOptions;

        public void AddOrchestrator<TInput, TResult>(string name, Func<TaskOrchestrationContext, TInput, Task<TResult>> run) =>
            engine.AddOrchestrator(name, async context => await run(context, context.GetInput<TInput>()!));

        public void AddActivity<TInput, TResult>(string name, Func<TaskActivityContext, TInput, Task<TResult>> run) =>
            engine.AddActivity(name, async (context, json, _) => await run(context, JsonSerializer.Deserialize<TInput>(json ?? "null", Json)!));
    }
}
