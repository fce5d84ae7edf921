using CsCheck;
using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.Domain.History;

public sealed class TimelinePropertyTests
{
    private static readonly Gen<HistoryConventions> AnyConventions = Gen.Select(
        Gen.Enum<OpenEnd>(), Gen.Enum<SupersededEnd>(), Gen.Enum<VersionStart>(),
        (open, superseded, start) => new HistoryConventions(open, superseded, start));

    private static readonly Gen<Observation> AnyObservation = Gen.Select(
        Gen.Int[0, 25], Gen.Int[0, 25].Nullable(), Gen.OneOf<string?>("A", "B", "C", null), Observe);

    // Looks at different milliseconds, in any order: what retries and several workers make of the truth.
    private static readonly Gen<Observation[]> DistinctLooks =
        Gen.Shuffle(Enumerable.Range(0, 12).ToArray()).SelectMany(times => Gen.Select(
            Gen.Int[0, 12].Nullable().Array[times.Length],
            Gen.OneOf<string?>("A", "B", "C", null).Array[times.Length],
            (modified, hashes) => times.Select((time, at) => Observe(time, modified[at], hashes[at])).ToArray()));

    [Fact]
    public void Apply_AnyObservationsInAnyOrder_KeepsTheHistorySound() =>
        Gen.Select(AnyConventions, AnyObservation.Array[0, 14]).Sample((conventions, observations) =>
        {
            var story = new Story(conventions);
            foreach (var observation in observations)
            {
                story.Apply(observation);
            }
        }, iter: 5_000);

    [Fact]
    public void Apply_TheSameObservationAtOnceAgain_ChangesNothing() =>
        Gen.Select(AnyConventions, AnyObservation.Array[0, 14]).Sample((conventions, observations) =>
        {
            var story = new Story(conventions);
            foreach (var observation in observations)
            {
                story.Apply(observation);
                AssertChangesNothing(story, observation);
            }
        }, iter: 4_000);

    [Fact]
    public void Apply_AWrittenLookAgainLater_ChangesNothing() =>
        Gen.Select(AnyConventions, DistinctLooks).Sample((conventions, looks) =>
        {
            var story = new Story(conventions with { VersionStart = VersionStart.Observed });
            ApplyAll(looks, story, before => AssertChangesNothing(story, before));
        }, iter: 4_000);

    [Fact]
    public void Apply_AWrittenLookAgainLaterWithSourceDatedStarts_NeverMovesThePresentAndSettlesAtOnce() =>
        Gen.Select(AnyConventions, RecordLife.Looks).Sample((conventions, looks) =>
        {
            var story = new Story(conventions with { VersionStart = VersionStart.SourceModified });
            ApplyAll(looks, story, before =>
            {
                var active = story.Versions.SingleOrDefault(version => version.Active);
                story.Apply(before);
                Assert.Equal(active, story.Versions.SingleOrDefault(version => version.Active));
                AssertChangesNothing(story, before);
            });
        }, iter: 4_000);

    [Fact]
    public void Apply_OlderLookWithObservedStarts_NeverChangesTheActiveVersion() =>
        Gen.Select(AnyConventions, AnyObservation.Array[0, 14]).Sample((conventions, observations) =>
        {
            var story = new Story(conventions with { VersionStart = VersionStart.Observed });
            foreach (var observation in observations)
            {
                var active = story.Versions.SingleOrDefault(version => version.Active);
                story.Apply(observation);
                Assert.True(active is null || observation.ObservedAt >= active.Synced || story.Versions.Contains(active));
            }
        }, iter: 4_000);

    [Fact]
    public void Apply_LooksInOrderWithObservedStarts_EndsAtTheLastLook() =>
        DistinctLooks.Sample(observations =>
        {
            var story = new Story(new HistoryConventions());
            foreach (var observation in observations.OrderBy(observation => observation.ObservedAt))
            {
                story.Apply(observation);
                Assert.Equal(observation.Hash, story.Versions.SingleOrDefault(version => version.Active)?.Hash);
            }
        }, iter: 5_000);

    private static void ApplyAll(IReadOnlyList<Observation> looks, Story story, Action<Observation> checkWritten)
    {
        var written = new List<Observation>();
        foreach (var look in looks)
        {
            if (story.Apply(look) is ObservationOutcome.Opened or ObservationOutcome.Inserted or ObservationOutcome.Closed)
            {
                written.Add(look);
            }

            written.ForEach(checkWritten);
        }
    }

    private static void AssertChangesNothing(Story story, Observation observation)
    {
        var before = story.Versions;
        story.Apply(observation);
        Assert.True(before.SequenceEqual(story.Versions), $"applied again: {observation}; history: {story}");
    }

    private static Observation Observe(int observed, int? modified, string? hash) => hash is null
        ? Observation.OfGone("1", Story.At(observed))
        : Observation.OfRecord("1", Story.At(observed), modified is { } at ? Story.At(at) : null, hash);
}
