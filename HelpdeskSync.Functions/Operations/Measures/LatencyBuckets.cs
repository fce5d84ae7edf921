namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>Counts durations in buckets that grow by a fifth: few numbers, and a percentile that is off by a tenth at most.</summary>
internal static class LatencyBuckets
{
    private const double Smallest = 10; // milliseconds
    private const int PerDoubling = 4;
    private const int Last = 96; // 46 hours

    /// <summary>The bucket of a duration; what is shorter than 10 ms or longer than 46 h goes into the first or last one.</summary>
    public static int Of(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        return milliseconds <= Smallest ? 0 : Math.Min(Last, (int)Math.Ceiling(PerDoubling * Math.Log2(milliseconds / Smallest)));
    }

    /// <summary>The duration that a share of all stays below.</summary>
    /// <param name="counts">How many durations fell into each bucket.</param>
    /// <param name="share">0 to 1: 0.95 for the 95th percentile.</param>
    /// <returns>Null when nothing was counted.</returns>
    public static TimeSpan? Percentile(IReadOnlyDictionary<int, long> counts, double share)
    {
        var total = counts.Values.Sum();
        var wanted = share * total;
        var below = 0L;
        foreach (var (bucket, count) in counts.Where(counted => counted.Value > 0).OrderBy(counted => counted.Key))
        {
            if (below + count >= wanted)
            {
                var within = (wanted - below) / count;
                var from = bucket == 0 ? 0 : Bound(bucket - 1);
                return TimeSpan.FromMilliseconds(from + within * (Bound(bucket) - from));
            }

            below += count;
        }

        return null;
    }

    private static double Bound(int bucket) => Smallest * Math.Pow(2, bucket / (double)PerDoubling);
}
