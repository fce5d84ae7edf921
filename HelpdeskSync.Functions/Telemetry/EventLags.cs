using HelpdeskSync.Functions.Operations.Measures;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>How long this process's events took to become rows, over the last hour. Thread-safe.</summary>
internal sealed class EventLags(TimeProvider time)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Minute>> _tables = new(StringComparer.Ordinal);

    /// <summary>Takes note of one event.</summary>
    public void Note(string table, TimeSpan lag)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(table, out var minutes))
            {
                _tables.Add(table, minutes = new());
            }

            var now = time.GetUtcNow();
            Forget(minutes, now);
            if (minutes.LastOrDefault() is not { } last || now - last.Start >= TimeSpan.FromMinutes(1))
            {
                minutes.Enqueue(last = new(now, []));
            }

            var bucket = LatencyBuckets.Of(lag);
            last.Counts[bucket] = last.Counts.GetValueOrDefault(bucket) + 1;
        }
    }

    /// <summary>The lag that a share of each table's events stayed below; a table without events has none.</summary>
    /// <param name="share">0 to 1.</param>
    public IReadOnlyList<(string Table, TimeSpan Lag)> Percentiles(double share)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var percentiles = new List<(string, TimeSpan)>();
            foreach (var (table, minutes) in _tables)
            {
                Forget(minutes, now);
                var counts = minutes.SelectMany(minute => minute.Counts).GroupBy(count => count.Key).ToDictionary(bucket => bucket.Key, bucket => bucket.Sum(count => count.Value));
                if (LatencyBuckets.Percentile(counts, share) is { } lag)
                {
                    percentiles.Add((table, lag));
                }
            }

            return percentiles;
        }
    }

    private static void Forget(Queue<Minute> minutes, DateTimeOffset now)
    {
        while (minutes.TryPeek(out var oldest) && now - oldest.Start >= s_kept)
        {
            minutes.Dequeue();
        }
    }

    private sealed record Minute(DateTimeOffset Start, Dictionary<int, long> Counts);
}
