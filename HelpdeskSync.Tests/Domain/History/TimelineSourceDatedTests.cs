using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.Domain.History;

public sealed class TimelineSourceDatedTests
{
    private readonly Story _story = new(new HistoryConventions(VersionStart: VersionStart.SourceModified));
    private readonly Story _closedSpans = new(
        new HistoryConventions(SupersededEnd: SupersededEnd.NextStartMinusOneMillisecond, VersionStart: VersionStart.SourceModified));

    [Fact]
    public void Apply_FirstLook_OpensAVersionAtTheModifiedTime()
    {
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("A", 10, modified: 3));
        Assert.Equal("A[3,*]@10", _story.ToString());
    }

    [Fact]
    public void Apply_RecordWithoutModifiedTime_StartsAtTheObservedTime()
    {
        _story.Saw("A", 10);
        _story.Saw("B", 20);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("C", 15));
        Assert.Equal("A[10,20]@10 B[20,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_LaterModified_ClosesAndOpensAtTheModifiedTime()
    {
        _story.Saw("A", 10, modified: 3);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 20, modified: 15));
        Assert.Equal("A[3,15]@10 B[15,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_ContentChangedWithoutItsModifiedTime_StartsAMillisecondLater()
    {
        _story.Saw("A", 10, modified: 3);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 20, modified: 3));
        Assert.Equal("A[3,4]@10 B[4,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_OlderLookWithTheSameModifiedTime_IsStale()
    {
        _story.Saw("A", 10, modified: 3);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("B", 9, modified: 3));
    }

    [Fact]
    public void Apply_LateVersionBeforeAllOthers_IsInsertedFirst()
    {
        _story.Saw("B", 20, modified: 15);
        Assert.Equal(ObservationOutcome.Inserted, _story.Saw("A", 10, modified: 3));
        Assert.Equal("A[3,15]@10 B[15,*]@20", _story.ToString());
    }

    [Fact]
    public void Apply_LateVersionBetweenTwo_EndsItsPredecessor()
    {
        _closedSpans.Saw("A", 10, modified: 3);
        _closedSpans.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Inserted, _closedSpans.Saw("B", 20, modified: 15));
        Assert.Equal("A[3,14]@10 B[15,24]@20 C[25,*]@30", _closedSpans.ToString());
    }

    [Fact]
    public void Apply_LateVersionWithTheContentOfItsPredecessor_IsStale()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("A", 20, modified: 15));
    }

    [Fact]
    public void Apply_LateVersionWithAStartThatIsTaken_IsStale()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("B", 20, modified: 3));
    }

    [Fact]
    public void Apply_LateVersionAfterADeletionThatLiesBeforeIt_LeavesTheDeletionAlone()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Gone(12);
        _story.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Inserted, _story.Saw("B", 20, modified: 15));
        Assert.Equal("A[3,12]@10 B[15,25]@20 C[25,*]@30", _story.ToString());
    }

    [Fact]
    public void Apply_LateVersionBeforeADeletion_TakesTheDeletionOver()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Gone(20);
        _story.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Inserted, _story.Saw("B", 18, modified: 15));
        Assert.Equal("A[3,15]@10 B[15,20]@18 C[25,*]@30", _story.ToString());
    }

    [Fact]
    public void Apply_LateVersionAtTheMomentOfADeletionUnderClosedSpans_DoesNotOverlapIt()
    {
        _closedSpans.Saw("A", 10, modified: 3);
        _closedSpans.Gone(15);
        _closedSpans.Saw("C", 30, modified: 25);
        Assert.Equal(ObservationOutcome.Inserted, _closedSpans.Saw("B", 20, modified: 15));
        Assert.Equal("A[3,14]@10 B[15,15]@20 C[25,*]@30", _closedSpans.ToString());
    }

    [Fact]
    public void Apply_SentBeforeTheDeletionAndModifiedBeforeIt_IsInsertedClosedAtTheDeletion()
    {
        _closedSpans.Saw("A", 10, modified: 3);
        _closedSpans.Gone(20);
        Assert.Equal(ObservationOutcome.Inserted, _closedSpans.Saw("B", 19, modified: 15));
        Assert.Equal("A[3,14]@10 B[15,20]@19", _closedSpans.ToString());
    }

    [Fact]
    public void Apply_SentBeforeTheDeletionAndModifiedBeforeTheLatestVersion_IsInsertedBeforeIt()
    {
        _story.Saw("B", 10, modified: 8);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Inserted, _story.Saw("A", 5, modified: 3));
        Assert.Equal("A[3,8]@5 B[8,20]@10", _story.ToString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Apply_SentBeforeTheDeletionAndModifiedAtTheVersionsStartOrAfterTheDeletion_IsStale(int modified)
    {
        _story.Saw("A", 10, modified: 3);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Stale, _story.Saw("B", 19, modified));
    }

    [Fact]
    public void Apply_SeenAgainAfterGoneWithAnOldModifiedTime_StartsAfterTheDeletion()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("A", 30, modified: 3));
        Assert.Equal("A[3,20]@10 A[21,*]@30", _story.ToString());
    }

    [Fact]
    public void Apply_SeenAgainAfterGoneWithANewModifiedTime_StartsThere()
    {
        _story.Saw("A", 10, modified: 3);
        _story.Gone(20);
        Assert.Equal(ObservationOutcome.Opened, _story.Saw("B", 30, modified: 25));
        Assert.Equal("A[3,20]@10 B[25,*]@30", _story.ToString());
    }
}
