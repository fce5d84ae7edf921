using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.Domain.History;

public sealed class TimelineObservedTests
{
    private readonly Story _story = new(new HistoryConventions());

    [Fact]
    public void Apply_FirstLook_OpensAVersionAtTheObservedTime()
    {
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("A", 10, modified: 3));
        Assert.Equal("A[10,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_SameContentAsTheActiveVersion_WritesNothing()
    {
        _story.Saw("A", 10);
        var before = _story.Versions;
        Assert.Equal(ObservationOutcome.Unchanged, _story.Saw("A", 20));
        Assert.Same(before, _story.Versions);
    }

    [Fact]
    public void Apply_SameContentSeenEarlierThanTheActiveVersion_WritesNothing()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Unchanged, _story.Saw("A", 5));
    }

    [Fact]
    public void Apply_NewContent_ClosesTheOldVersionWhereTheNewOneStarts()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 20));
        Assert.Equal("A[10,20]@10 B[20,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_NewContentUnderClosedSpans_ClosesTheOldVersionAMillisecondBefore()
    {
        var story = new Story(new HistoryConventions(SupersededEnd: SupersededEnd.NextStartMinusOneMillisecond));
        story.Saw("A", 10);
        story.Saw("B", 20);
        Assert.Equal("A[10,19]@10 B[20,*]@20", story.ToString());
    }

    [Fact]
    public void Apply_ContentComesBack_IsAThirdVersion()
    {
        _story.Saw("A", 10);
        _story.Saw("B", 20);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("A", 30));
        Assert.Equal("A[10,20]@10 B[20,30]@20 A[30,*]@30", _story.ToString());
    }

    [Fact]
    public void Apply_SeenBeforeTheLatestVersionWas_IsStale()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("B", 9));
        Assert.Equal("A[10,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_TwoContentsInOneMillisecond_StartsTheSecondAMillisecondLater()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 10));
        Assert.Equal("A[10,11]@10 B[11,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_Gone_ClosesAtTheDeletionAndLeavesSyncedAlone()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Closed, _story.Gone(20));
        Assert.Equal("A[10,20]@10", _story.ToString());
        Assert.False(_story.Versions[0].Active);
    }

    [Fact]
    public void Apply_GoneTwice_IsClosedOnce()
    {
        _story.Saw("A", 10);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.AlreadyGone, _story.Gone(30));
        Assert.Equal("A[10,20]@10", _story.ToString());
    }

    [Fact]
    public void Apply_GoneBeforeItWasEverSeen_WritesNothing()
    {
        Assert.Equal(ObservationOutcome.AlreadyGone, _story.Gone(20));
        Assert.Empty(_story.Versions);
    }

    [Fact]
    public void Apply_GoneSeenBeforeTheActiveVersionWas_IsStale()
    {
        _story.Saw("A", 10);
        Assert.Equal(ObservationOutcome.Stale, _story.Gone(9));
        Assert.Equal("A[10,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_GoneInTheMillisecondOfABumpedStart_EndsWhereItStarts()
    {
        _story.Saw("A", 10);
        _story.Saw("B", 10);
        Assert.Equal(ObservationOutcome.Closed, _story.Gone(10));
        Assert.Equal("A[10,11]@10 B[11,11]@10", _story.ToString());
    }

    [Fact]
    public void Apply_SeenAgainAfterGone_OpensANewVersionEvenWithTheSameContent()
    {
        _story.Saw("A", 10);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("A", 30));
        Assert.Equal("A[10,20]@10 A[30,*]@30", _story.ToString());
    }

    [Fact]
    public void Apply_SentBeforeTheDeletion_DoesNotBringTheRecordBack()
    {
        _story.Saw("A", 10);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("B", 19));
        Assert.Equal("A[10,20]@10", _story.ToString());
    }

    [Fact]
    public void Apply_SeenAgainInTheMillisecondOfTheDeletion_StartsAfterIt()
    {
        _story.Saw("A", 10);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 20));
        Assert.Equal("A[10,20]@10 B[21,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_TimesFinerThanAMillisecond_AreCut()
    {
        _story.Apply(Observation.OfRecord("1", Story.At(10).AddTicks(9_999), null, "A"));
        Assert.Equal("A[10,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_VersionsOfAnotherRecord_IsRefused()
    {
        _story.Saw("A", 10);
        Assert.Throws<ArgumentException>(() => _story.Apply(Observation.OfGone("2", Story.At(20))));
    }
}
