using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Benchmarks.Engine;

/// <summary>An engine on a database of its own, and the work that is given to it.</summary>
internal sealed class EngineLoad : IAsyncDisposable
{
    private const int Starters = 64;
    private readonly string _folder = Directory.CreateTempSubdirectory("engine-").FullName;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _firstActivity = new();
    private DurableTaskEngine _engine;

    private EngineLoad() => _engine = MakeEngine();

    /// <summary>What the database takes on disk, its write-ahead log included.</summary>
    public double DatabaseMegabytes => new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length) / 1e6;

    public static async Task<EngineLoad> StartAsync(CancellationToken cancellationToken)
    {
        var load = new EngineLoad();
        await load._engine.StartAsync(cancellationToken);
        return load;
    }

    /// <summary>Starts orchestrations of three activities one after the other, and waits for all.</summary>
    public async Task<double> OrchestrationsPerSecondAsync(int count, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync("Sequence", count, cancellationToken);
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One orchestration that runs activities all at once: ones that do nothing, or ones that wait 5 ms.</summary>
    public async Task<double> ActivitiesPerSecondAsync(string name, int count, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var id = await _engine.Client.ScheduleNewOrchestrationInstanceAsync(name, count, cancellationToken);
        var ended = await _engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
        Require(ended, JsonSerializer.Serialize(count * (count - 1L) / 2));
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Milliseconds from the call that starts an instance to the first line of its activity, one after the other.</summary>
    public async Task<double[]> StartLatenciesAsync(int count, CancellationToken cancellationToken)
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7().ToString("N");
            var begun = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _firstActivity[id] = begun;
            var asked = Stopwatch.GetTimestamp();
            await _engine.Client.ScheduleNewOrchestrationInstanceAsync("Signal", null, new StartOrchestrationOptions(id), cancellationToken);
            latencies[i] = Stopwatch.GetElapsedTime(asked, await begun.Task.WaitAsync(cancellationToken)).TotalMilliseconds;
            await _engine.Client.WaitForInstanceCompletionAsync(id, cancellationToken);
        }

        return latencies;
    }

    /// <summary>Measures while orchestrations of three activities run without a pause, eight at a time.</summary>
    public async Task<T> UnderLoadAsync<T>(Func<Task<T>> measure, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var busy = Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await RunOneAsync("Sequence", cancellationToken);
                }
            },
            cancellationToken)).ToArray();
        var measured = await measure();
        await enough.CancelAsync();
        await Task.WhenAll(busy);
        return measured;
    }

    /// <summary>Leaves finished instances behind.</summary>
    public Task FillAsync(int count, CancellationToken cancellationToken) => RunAsync("Nothing", count, cancellationToken);

    /// <summary>Milliseconds to stop and to start again.</summary>
    public async Task<double> RestartAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await _engine.DisposeAsync();
        _engine = MakeEngine();
        await _engine.StartAsync(cancellationToken);
        await RunOneAsync("Nothing", cancellationToken);
        return watch.Elapsed.TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private DurableTaskEngine MakeEngine()
    {
        var engine = new DurableTaskEngine(
            new DurableTaskEngineOptions { DatabasePath = Path.Combine(_folder, "hub.db") }, TimeProvider.System, NullLoggerFactory.Instance);
        engine.AddActivity("Echo", (_, input, _) => Task.FromResult<object?>(JsonSerializer.Deserialize<int>(input!)));
        engine.AddActivity("Wait", async (_, input, stop) =>
        {
            await Task.Delay(5, stop);
            return JsonSerializer.Deserialize<int>(input!);
        });
        engine.AddActivity("Signal", (context, _, _) =>
        {
            _firstActivity[context.InstanceId].TrySetResult(Stopwatch.GetTimestamp());
            return Task.FromResult<object?>(null);
        });
        engine.AddOrchestrator("Nothing", _ => Task.FromResult<object?>(null));
        engine.AddOrchestrator("Signal", async context => await context.CallActivityAsync<object?>("Signal"));
        engine.AddOrchestrator("Sequence", async context =>
        {
            var sum = 0;
            for (var i = 0; i < 3; i++)
            {
                sum += await context.CallActivityAsync<int>("Echo", i);
            }

            return sum;
        });
        engine.AddOrchestrator("FanOut", context => FanOutAsync(context, "Echo"));
        engine.AddOrchestrator("WaitingFanOut", context => FanOutAsync(context, "Wait"));
        return engine;
    }

    private static async Task<object?> FanOutAsync(TaskOrchestrationContext context, string activity)
    {
        var calls = Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>(activity, i));
        return (await Task.WhenAll(calls)).Sum(value => (long)value);
    }

    private Task RunAsync(string name, int count, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = Starters, CancellationToken = cancellationToken },
        async (_, token) => await RunOneAsync(name, token));

    private async Task RunOneAsync(string name, CancellationToken cancellationToken)
    {
        var id = await _engine.Client.ScheduleNewOrchestrationInstanceAsync(name, cancellationToken);
        Require(await _engine.Client.WaitForInstanceCompletionAsync(id, cancellationToken), output: null);
    }

    private static void Require(OrchestrationMetadata ended, string? output)
    {
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed || ended.SerializedOutput != output)
        {
            throw new InvalidOperationException($"{ended} was expected to complete with output {output ?? "(not asked for)"}; the figure would be of something else.");
        }
    }
}
