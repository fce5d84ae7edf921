using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>How fast versions come into history tables, at what memory, and how many statements events cost.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="rows">The batches that are written.</param>
/// <param name="eventRates">Events a second; each rate is kept up for <see cref="s_events"/>.</param>
internal sealed class WriteSuite(string name, int[] rows, int[] eventRates) : IBenchmarkSuite
{
    private static readonly TimeSpan s_events = TimeSpan.FromSeconds(15);
    private static readonly (string Label, int Bytes)[] s_sizes = [("1KB", 1_000), ("20KB", 20_000)];

    public string Name => name;

    public string Summary => $"Rows/s into a local history table for {string.Join(", ", rows)} rows of 1 KB and 20 KB, memory"
        + (eventRates.Length > 0 ? $", statements for {string.Join(", ", eventRates)} events/s; 3 min" : "; an hour, and 4 GB of memory for the database");

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (label, bytes) in s_sizes)
        {
            foreach (var count in rows)
            {
                await foreach (var measurement in WriteAsync(label, bytes, count, cancellationToken))
                {
                    yield return measurement;
                }
            }
        }

        foreach (var rate in eventRates)
        {
            await foreach (var measurement in EventsAsync(rate, cancellationToken))
            {
                yield return measurement;
            }
        }
    }

    // The memory is the whole process's, the local BigQuery's managed part included. Distance between statements is measured by itself: here it would be all there is to see.
    private static async IAsyncEnumerable<Measurement> WriteAsync(
        string label, int bytes, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var warehouse = await LocalWarehouse.StartAsync(cancellationToken, ("BigQuery:StatementInterval", "00:00:00"));
        var entity = SampleRecords.Entity("tickets");
        await warehouse.Writer.WriteAsync(entity, Records(0, bytes, 0, 1), cancellationToken);
        using var memory = new PeakMemory();
        var begun = Stopwatch.GetTimestamp();
        var written = await warehouse.Writer.WriteAsync(entity, Records(1, bytes, 1, count), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var figure = $"write.{label}.{count.ToString(CultureInfo.InvariantCulture)}";
        yield return new($"{figure}.rowsPerSecond", written.Inserted / seconds, "1/s");
        yield return new($"{figure}.statements", written.Statements, "statements");
        yield return new($"{figure}.peakManagedMemory", memory.MostMegabytes, "MB");
    }

    private static async IAsyncEnumerable<Measurement> EventsAsync(int rate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var warehouse = await LocalWarehouse.StartAsync(cancellationToken);
        var entity = SampleRecords.Entity("tickets");
        await warehouse.Writer.WriteAsync(entity, Records(0, 1_000, 0, 1), cancellationToken);
        warehouse.Server.Activity.Reset();
        var events = new List<Task<TimeSpan>>();
        var begun = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        while (Stopwatch.GetElapsedTime(begun) < s_events && await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var record = SampleRecords.Staged(events.Count % 500, 1 + events.Count, 1_000);
            events.Add(EventAsync(warehouse, record, cancellationToken));
        }

        var latencies = (await Task.WhenAll(events)).Order().ToList();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var statements = warehouse.Server.Activity.Statements
            .Where(statement => !statement.Table.Contains("_sync_", StringComparison.Ordinal)).Sum(statement => statement.Count);
        var figure = $"write.events.{rate.ToString(CultureInfo.InvariantCulture)}PerSecond";
        yield return new($"{figure}.statementsPer1000", statements * 1_000.0 / events.Count, "statements");
        yield return new($"{figure}.statementsPerSecond", statements / seconds, "1/s");
        yield return new($"{figure}.latencyMedian", latencies[latencies.Count / 2].TotalMilliseconds, "ms");
        yield return new($"{figure}.latencyP95", latencies[latencies.Count * 95 / 100].TotalMilliseconds, "ms");
    }

    private static async Task<TimeSpan> EventAsync(LocalWarehouse warehouse, StagedRecord record, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await warehouse.Writer.WriteAsync(SampleRecords.Entity("tickets"), [record], cancellationToken);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static async IAsyncEnumerable<StagedRecord> Records(int version, int bytes, int first, int count)
    {
        await Task.Yield();
        for (var number = first; number < first + count; number++)
        {
            yield return SampleRecords.Staged(number, version, bytes);
        }
    }
}
