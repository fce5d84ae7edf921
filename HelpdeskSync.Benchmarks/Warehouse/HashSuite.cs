using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using Microsoft.IO;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>How fast records are hashed and flattened, against plain parsing of the same bytes in the same run.</summary>
internal sealed class HashSuite : IBenchmarkSuite
{
    private const int Records = 200;
    private const int RoundsAtOnce = 20;
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(1.5);
    private readonly Entity _entity = SampleRecords.Entity("tickets");

    public string Name => "hash";

    public string Summary => "Hashing and flattening of 1 KB and 20 KB records in MB a processor second, against plain JSON parsing of the same bytes; 30 s";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (label, bytes) in new[] { ("1KB", 1_000), ("20KB", 20_000) })
        {
            await Task.Yield();
            foreach (var measurement in Measure(label, bytes))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return measurement;
            }
        }
    }

    private IEnumerable<Measurement> Measure(string label, int bytes)
    {
        var json = Enumerable.Range(0, Records).Select(number => SampleRecords.Json(number, 0, bytes)).ToArray();
        var staged = json.Select((line, number) => new StagedRecord(new RecordKey($"{number}"), DateTimeOffset.UnixEpoch, JsonElement.Parse(line))).ToArray();
        var canonical = new CanonicalWriter(FieldPaths.Of(_entity.VolatileFields));
        var flattener = new RecordFlattener(NamingConvention.AsIs);
        var reader = new RecordReader(_entity, NamingConvention.AsIs);
        var rows = new HistoryRows(_entity, new HistoryOptions());
        var megabytes = json.Sum(line => line.Length) / 1e6;

        var tokens = Rate(megabytes, () => Array.ForEach(json, Read));
        var document = Rate(megabytes, () => Array.ForEach(json, line => JsonDocument.Parse(line).Dispose()));
        yield return new($"hash.{label}.utf8JsonReader", tokens, "MB/s");
        yield return new($"hash.{label}.jsonDocument", document, "MB/s");
        yield return new($"hash.{label}.sha256", Rate(megabytes, () => Array.ForEach(json, line => SHA256.HashData(line, s_hash))), "MB/s");
        yield return new($"hash.{label}.canonical", Rate(megabytes, () => Array.ForEach(staged, record => canonical.Write(record.Record!.Value))), "MB/s");
        yield return new($"hash.{label}.hash", Rate(megabytes, () => Array.ForEach(staged, record => RecordHash.Of(record.Record!.Value, canonical))), "MB/s");
        yield return new($"hash.{label}.flatten", Rate(megabytes, () => Array.ForEach(staged, record => flattener.Flatten(record.Record!.Value, record.Key, _entity))), "MB/s");
        var both = Rate(megabytes, () => Array.ForEach(staged, record => reader.Read(record.Record!.Value, record.Key)));
        yield return new($"hash.{label}.hashAndFlatten", both, "MB/s");
        yield return new($"hash.{label}.hashAndFlattenOfJsonDocument", both / document, "x");
        yield return new($"hash.{label}.hashAndFlattenOfUtf8JsonReader", both / tokens, "x");
        yield return new($"hash.{label}.rows", Rate(megabytes, () => Array.ForEach(staged, record => rows.From(record))), "MB/s");
        var made = Array.ConvertAll(staged, record => rows.From(record));
        var columns = made.SelectMany(row => row.Fields).DistinctBy(field => field.Name)
            .ToFrozenDictionary(field => field.Name, field => field.Type ?? ColumnType.String, StringComparer.OrdinalIgnoreCase);
        yield return new($"hash.{label}.ndjson", Rate(megabytes, () => HistoryBatch.From(made, columns, s_memory).Dispose()), "MB/s");
        yield return new($"hash.{label}.allocatedPerRecord", Allocated(() => Array.ForEach(staged, record => rows.From(record))) / Records, "B");
    }

    private static void Read(byte[] line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
        }
    }

    private static readonly byte[] s_hash = new byte[SHA256.HashSizeInBytes];
    private static readonly RecyclableMemoryStreamManager s_memory = new();

    /// <summary>The best of many rounds by processor time: what the code costs, whoever else uses the machine.</summary>
    private static double Rate(double megabytes, Action round)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < s_warm;)
        {
            round();
        }

        var best = double.MaxValue;
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < s_each;)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var times = 0; times < RoundsAtOnce; times++)
            {
                round();
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return megabytes * RoundsAtOnce / best;
    }

    private static double Allocated(Action round)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
