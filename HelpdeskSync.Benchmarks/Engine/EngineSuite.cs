using System.Runtime.CompilerServices;

namespace HelpdeskSync.Benchmarks.Engine;

/// <summary>
/// How fast the local Durable Task engine is, with its history on disk. The official engine's in-memory store does 2,200 to 4,000
/// activities/s and 260 to 400 orchestrations/s on two cores; the aim is to be no slower, 10 ms from start to first activity (p50), and to
/// stay so while the store grows to 100,000 finished instances.
/// </summary>
internal sealed class EngineSuite : IBenchmarkSuite
{
    private const int Orchestrations = 3_000;
    private const int FanOut = 10_000;
    private const int Latencies = 200;
    private const int FinishedInstances = 100_000;

    public string Name => "engine";

    public string Summary => "orchestrations/s, activities/s and start latency of the local Durable Task engine; its history on disk";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var load = await EngineLoad.StartAsync(cancellationToken);
        await load.OrchestrationsPerSecondAsync(Orchestrations / 3, cancellationToken); // Warms up; not counted.
        yield return new("engine.orchestrationsPerSecond", await load.OrchestrationsPerSecondAsync(Orchestrations, cancellationToken), "1/s");
        yield return new("engine.activitiesPerSecond", await load.ActivitiesPerSecondAsync("FanOut", FanOut, cancellationToken), "1/s");

        // Results that trickle in make many turns, each of which replays the whole history: the worst case of a wide fan-out.
        var cpu = Environment.CpuUsage.TotalTime;
        yield return new("engine.waitingActivitiesPerSecond", await load.ActivitiesPerSecondAsync("WaitingFanOut", FanOut, cancellationToken), "1/s");
        yield return new("engine.waitingActivitiesCpu", (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, "s");
        foreach (var figure in Latency(string.Empty, await load.StartLatenciesAsync(Latencies, cancellationToken)))
        {
            yield return figure;
        }

        foreach (var figure in Latency("UnderLoad", await load.UnderLoadAsync(() => load.StartLatenciesAsync(Latencies, cancellationToken), cancellationToken)))
        {
            yield return figure;
        }

        await load.FillAsync(FinishedInstances, cancellationToken);
        yield return new("engine.databaseSizeWith100kFinished", load.DatabaseMegabytes, "MB");
        yield return new(
            "engine.orchestrationsPerSecondWith100kFinished", await load.OrchestrationsPerSecondAsync(Orchestrations, cancellationToken), "1/s");
        foreach (var figure in Latency("With100kFinished", await load.StartLatenciesAsync(Latencies, cancellationToken)))
        {
            yield return figure;
        }

        yield return new("engine.restartWith100kFinished", await load.RestartAsync(cancellationToken), "ms");
    }

    private static IEnumerable<Measurement> Latency(string when, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        yield return new($"engine.startLatencyP50{when}", milliseconds[milliseconds.Length / 2], "ms");
        yield return new($"engine.startLatencyP99{when}", milliseconds[milliseconds.Length * 99 / 100], "ms");
    }
}
