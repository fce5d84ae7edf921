using HelpdeskSync.Functions.Operations.Measures;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>The measured sums of the last seven days, as charts and tables show them.</summary>
internal sealed class MeasuredHours(IReadOnlyList<HourSum> sums, DateTimeOffset now)
{
    private const int HoursShown = 7 * 24;

    private static readonly LatencyStatus s_none = new(0, null, null);

    /// <summary>Every hour, the oldest first, those without anything included.</summary>
    public IReadOnlyList<HourStatus> Hours
    {
        get
        {
            var byHour = sums.ToLookup(sum => sum.Hour);
            var current = HourOf(now);
            return [.. Enumerable.Range(1 - HoursShown, HoursShown).Select(offset => Hour(current.AddHours(offset), byHour))];
        }
    }

    /// <summary>Sums that are not written down yet, in the shape of those that are.</summary>
    public static IEnumerable<HourSum> Of(IEnumerable<MeasureRow> rows, DateTimeOffset now) => rows.Select(row =>
        new HourSum(HourOf(row.Minute), row.Table, row.Name, row.Bucket, row.Value, row.Minute >= now.AddHours(-1) ? row.Value : 0));

    /// <summary>How long a table's events of the last 60 minutes took.</summary>
    public LatencyStatus RecentLatency(string table) =>
        Latency(sums.Where(sum => sum.Name == Measure.EventToRow && sum.Table == table).Select(sum => (sum.Bucket, sum.Recent)));

    /// <summary>What was spent in the last so many hours, the current one included.</summary>
    public SpentStatus Spent(TimeSpan back)
    {
        var since = HourOf(now - back).AddHours(1);
        long Total(string measure) => sums.Where(sum => sum.Name == measure && sum.Hour >= since).Sum(sum => sum.Value);
        return new(Total(Measure.ApiCalls), Total(Measure.ApiCredits), Total(Measure.Statements), Total(Measure.BytesBilled));
    }

    private static HourStatus Hour(DateTimeOffset at, ILookup<DateTimeOffset, HourSum> byHour)
    {
        long Total(string measure) => byHour[at].Where(sum => sum.Name == measure).Sum(sum => sum.Value);
        return new(
            at, Total(Measure.Inserted), Total(Measure.Closed),
            Latency(byHour[at].Where(sum => sum.Name == Measure.EventToRow).Select(sum => (sum.Bucket, sum.Value))), Total(Measure.ApiCalls), Total(Measure.ApiCredits), Total(Measure.BytesBilled));
    }

    private static LatencyStatus Latency(IEnumerable<(int Bucket, long Count)> counted)
    {
        var counts = counted.GroupBy(one => one.Bucket).ToDictionary(bucket => bucket.Key, bucket => bucket.Sum(one => one.Count));
        var events = counts.Values.Sum();
        return events == 0 ? s_none : new(events, Seconds(counts, 0.5), Seconds(counts, 0.95));
    }

    private static double? Seconds(Dictionary<int, long> counts, double share) =>
        LatencyBuckets.Percentile(counts, share) is { } found ? Math.Round(found.TotalSeconds, 3) : null;

    private static DateTimeOffset HourOf(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
}
