using CsCheck;
using HelpdeskSync.Functions.Operations.Measures;

namespace HelpdeskSync.Tests.Operations;

public sealed class LatencyBucketsTests
{
    [Fact]
    public void Percentile_OfAnyDurations_IsOffByAFifthAtMost() =>
        Gen.Double[0.02, 20_000].Array[1, 200].Select(Gen.Double[0.01, 1]).Sample((seconds, share) =>
        {
            var counts = seconds.GroupBy(one => LatencyBuckets.Of(TimeSpan.FromSeconds(one))).ToDictionary(bucket => bucket.Key, bucket => (long)bucket.Count());
            var exact = seconds.Order().ElementAt((int)Math.Ceiling(share * seconds.Length) - 1);
            var found = LatencyBuckets.Percentile(counts, share)!.Value.TotalSeconds;
            return found >= exact / 1.2 && found <= exact * 1.2;
        });

    [Fact]
    public void Percentile_OfNothing_IsNull() => Assert.Null(LatencyBuckets.Percentile(new Dictionary<int, long>(), 0.95));

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e9)]
    public void Of_ExtremeDurations_StaysInRange(double seconds) => Assert.InRange(LatencyBuckets.Of(TimeSpan.FromSeconds(seconds)), 0, 96);
}
