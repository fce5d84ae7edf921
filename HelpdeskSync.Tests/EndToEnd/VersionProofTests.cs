using CsCheck;
using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>The storm's proof itself: it must tell nothing of a sound history, whatever the order of the writers, and tell a version that is missing.</summary>
public sealed class VersionProofTests
{
    private static readonly DateTime s_start = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly HistoryConventions s_conventions = new(OpenEnd.Null, SupersededEnd.NextStart, VersionStart.Observed);

    /// <summary>Looks whose contents never come back (as contents with a modified time do not), written by writers that overlap and overtake one another.</summary>
    private static readonly Gen<Look[]> s_looks = Gen.Select(Gen.Int[0, 400], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 9]).Array[1, 25].Select(drawn =>
        drawn.DistinctBy(one => one.Item1).Select(one => new Look(
            "tickets", "1", At(one.Item1), one.Item4 == 0 ? null : $"v1:hash-{one.Item1 / 40:D4}", At(one.Item1 + one.Item2), At(one.Item1 + one.Item2 + one.Item3))).ToArray());

    [Fact]
    public void Faults_WritersInAnyOrder_NoneInASoundHistory() => Gen.Select(s_looks, Gen.Int).Sample(
        (looks, seed) => Assert.Equal("", string.Join("\n", VersionProof.Faults(looks, Written(InSomeOrder(looks, seed)), Served(looks)))), iter: 5_000);

    [Fact]
    public void Faults_AWriterLosesALook_IsToldWhereNothingNewerCameFirst() => Gen.Select(s_looks, Gen.Int).Sample(
        (looks, seed) =>
        {
            // Writers one after the other, in the order of their looks: nothing excuses anything.
            var inTurn = looks.OrderBy(look => look.ObservedAt).Select((look, turn) => look with { WriteBegan = At(1000 + (2 * turn)), WriteEnded = At(1001 + (2 * turn)) }).ToList();
            var opened = Written(inTurn);
            if (opened.Count == 0)
            {
                return;
            }

            var lost = opened[Math.Abs(seed % opened.Count)];
            var kept = inTurn.Where(look => look.ObservedAt != lost.Synced).ToList();
            var left = Written(kept);

            var faults = VersionProof.Faults(inTurn, left, Served(looks)).ToList();

            Assert.NotEmpty(faults);
        },
        iter: 5_000);

    [Fact]
    public void Faults_ContentThatWasNeverServedOrStandsTwice_IsTold()
    {
        var look = new Look("tickets", "1", At(10), "v1:hash-0001", At(20), At(30));
        var version = new StoredVersion("1", look.Hash!, look.ObservedAt, null, look.ObservedAt, null);

        Assert.Empty(VersionProof.Faults([look], [version], Served([look])));
        Assert.Contains("never showed", Assert.Single(VersionProof.Faults([look], [version], Served([]))));
        Assert.Contains("stands 2 times", Assert.Single(VersionProof.Faults([look], [version with { End = At(11) }, version with { Start = At(11) }], Served([look]))));
    }

    [Fact]
    public void Faults_OlderLookIsDropped_ExcusedOnlyWhereTheNewerOneMayHaveBeenWrittenFirst()
    {
        var older = new Look("tickets", "1", At(10), "v1:hash-0001", At(20), At(50));
        var newer = new Look("tickets", "1", At(15), "v1:hash-0002", At(30), At(40));
        var version = new StoredVersion("1", newer.Hash!, newer.ObservedAt, null, newer.ObservedAt, null);

        Assert.Empty(VersionProof.Faults([older, newer], [version], Served([older, newer])));
        Assert.Single(VersionProof.Faults([older with { WriteEnded = At(25) }, newer], [version], Served([older, newer])));
        Assert.Empty(VersionProof.Faults([older with { WriteEnded = null }, newer], [version], Served([older, newer])));
    }

    /// <summary>An order that the writers may have come in: each somewhere between its begin and its end.</summary>
    private static List<Look> InSomeOrder(Look[] looks, int seed)
    {
        var dice = new Random(seed);
        return [.. looks.OrderBy(look => look.WriteBegan + ((look.WriteEnded!.Value - look.WriteBegan) * dice.NextDouble()))];
    }

    private static List<StoredVersion> Written(IEnumerable<Look> looks)
    {
        IReadOnlyList<HistoryVersion> versions = [];
        foreach (var look in looks)
        {
            var at = new DateTimeOffset(look.ObservedAt);
            versions = Timeline.Apply(versions, look.Hash is { } hash ? Observation.OfRecord("1", at, null, hash) : Observation.OfGone("1", at), s_conventions).Versions;
        }

        return [.. versions.Select(version => new StoredVersion(
            version.Id, version.Hash!, version.Start.UtcDateTime, version.End?.UtcDateTime, version.Synced.UtcDateTime, null))];
    }

    private static HashSet<string> Served(IEnumerable<Look> looks) => [.. looks.Select(look => look.Hash).OfType<string>()];

    private static DateTime At(int milliseconds) => s_start.AddMilliseconds(milliseconds);
}
