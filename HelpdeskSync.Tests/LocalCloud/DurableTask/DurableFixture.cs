using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// The one place where the conformance suite meets the engine; everything else in it knows only the official API. To run the suite against
/// the official worker and client, replace this file and <see cref="DurableCode"/>.
/// </summary>
public sealed class DurableFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("durable-").FullName;
    private readonly CapturedLog log = new();
    private DurableTaskEngine? engine;
    private Action<DurableCode> register = _ => { };

    public DurableTaskClient Client => engine!.Client;

    /// <summary>What orchestrators and the engine have logged so far.</summary>
    public IReadOnlyList<LoggedLine> Log => log.Lines;

    public static CancellationToken Soon => TestContext.Current.CancellationToken;

    internal DurableTaskEngine Engine => engine!;

    internal string DatabasePath => Path.Combine(folder, "durable.db");

    /// <summary>Changes the engine's options, for tests of the engine itself.</summary>
    internal Func<DurableTaskEngineOptions, DurableTaskEngineOptions> Configure { get; set; } = options => options;

    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How long an orchestrator may block on a task: short in the one test that blocks.</summary>
    internal TimeSpan LongestBlock { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A fixture whose waits take no time: orchestrators still see every delay, exactly, on their own clock. An engine without a clock to
    /// inject may run the same tests in real time (they wait seconds, but for those whose names tell of hours or days).
    /// </summary>
    public static DurableFixture WithLeapingClock() => new() { Time = new LeapingClock(new DateTimeOffset(2025, 3, 1, 8, 0, 0, TimeSpan.Zero)) };

    public async Task<DurableTaskClient> StartAsync(Action<DurableCode> registrations)
    {
        register = registrations;
        engine = new DurableTaskEngine(
            Configure(new DurableTaskEngineOptions { DatabasePath = DatabasePath, LongestBlock = LongestBlock }), Time, log);
        register(new DurableCode(engine));
        await engine.StartAsync(Soon);
        return engine.Client;
    }

    /// <summary>Stops without waiting for activities, and starts again on the same data, perhaps with other code.</summary>
    public async Task<DurableTaskClient> RestartAsync(Action<DurableCode>? registrations = null)
    {
        await engine!.DisposeAsync();
        return await StartAsync(registrations ?? register);
    }

    /// <summary>Stops without waiting for activities; <see cref="RestartAsync"/> starts again.</summary>
    public Task StopAsync() => engine!.StopAsync(Soon);

    /// <summary>The kinds of what has happened to an instance, oldest first, by the names of the management API; none for an unknown one.</summary>
    public async Task<IReadOnlyList<string>> HistoryKindsAsync(string id) =>
        [.. (await engine!.GetHistoryAsync(id, Soon)).Select(happened => happened.EventType)];

    /// <summary>Starts an instance and waits until it has ended.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, Soon);
        return await WaitAsync(id);
    }

    public async Task<OrchestrationMetadata> WaitAsync(string id) =>
        await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon).WaitAsync(TimeSpan.FromSeconds(30), Soon);

    /// <summary>Waits until a state is reached that the client only shows by asking.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string id, Func<OrchestrationMetadata, bool> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
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
    }
}
