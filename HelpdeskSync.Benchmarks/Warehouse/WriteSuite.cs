using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>How fast versions come into history tables, at what memory, and how many statements events cost.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">What it does, in one line.</param>
/// <param name="batches">The batches that are written: rows, and kilobytes of each record.</param>
/// <param name="eventRates">Events a second; each rate is kept up for <see cref="s_events"/>.</param>
internal sealed class WriteSuite(string name, string summary, (int Rows, int Kilobytes)[] batches, int[] eventRates) : IBenchmarkSuite
{
    private static readonly TimeSpan s_events = TimeSpan.FromSeconds(30);

    public string Name => name;

    public string Summary => summary;

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (count, kilobytes) in batches)
        {
            await foreach (var measurement in WriteAsync(count, kilobytes, cancellationToken))
            {
                yield return measurement;
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

    // Distance between statements is measured by itself: here it would be all there is to see.
    private static async IAsyncEnumerable<Measurement> WriteAsync(int count, int kilobytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var warehouse = await LocalWarehouse.StartAsync(cancellationToken, ("BigQuery:StatementInterval", "00:00:00"));
        var entity = SampleRecords.Entity("tickets");
        var bytes = kilobytes * 1_000;
        await warehouse.Writer.WriteAsync(entity, Records(0, bytes, 0, 1), cancellationToken);
        using var self = Process.GetCurrentProcess();
        using var memory = new PeakMemory(self);
        using var emulator = new PeakMemory(warehouse.Emulator.Process);
        var begun = Stopwatch.GetTimestamp();
        var written = await warehouse.Writer.WriteAsync(entity, Records(1, bytes, 1, count), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (written.Inserted != count)
        {
            throw new InvalidOperationException($"{written.Inserted} of {count} rows were written.");
        }

        var figure = string.Create(CultureInfo.InvariantCulture, $"write.{kilobytes}KB.{count}");
        yield return new($"{figure}.rowsPerSecond", count / seconds, "1/s");
        yield return new($"{figure}.statements", written.Statements, "statements");
        yield return new($"{figure}.peakMemory", memory.MostMegabytes, "MB");
        yield return new($"{figure}.peakManagedMemory", memory.MostManagedMegabytes, "MB");
        yield return new($"{figure}.managedMemoryAfter", GC.GetTotalMemory(forceFullCollection: true) / 1e6, "MB");
        yield return new($"{figure}.emulatorPeakMemory", emulator.MostMegabytes, "MB");
    }

    private static async IAsyncEnumerable<Measurement> EventsAsync(int rate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var warehouse = await LocalWarehouse.StartAsync(cancellationToken);
        var entity = SampleRecords.Entity("tickets");
        await warehouse.Writer.WriteAsync(entity, Records(0, 1_000, 0, 1), cancellationToken);
        await warehouse.Emulator.ResetAsync(cancellationToken);
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
        var statements = await warehouse.Emulator.StatementsAsync(cancellationToken);
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
