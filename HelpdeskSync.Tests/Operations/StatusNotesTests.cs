using HelpdeskSync.Functions.Operations;
using HelpdeskSync.Functions.Operations.Status;

namespace HelpdeskSync.Tests.Operations;

public sealed class StatusNotesTests
{
    private static readonly OperationsOptions s_options = new();

    [Fact]
    public void Of_AllRead_SaysNothing() => Assert.Empty(Of(Reports.Good.Tables));

    [Fact]
    public void Of_NoSuccessForADay_SaysWhichTable()
    {
        var old = Reports.Good.Tables[0].Incremental! with { EndedAt = Reports.Now.AddHours(-27), StartedAt = Reports.Now.AddHours(-27) };
        var note = Assert.Single(Of([Reports.Good.Tables[0] with { Incremental = old }]));
        Assert.Equal(("stale", "tickets"), (note.Kind, note.Table));
        Assert.Contains("27 hours", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheLatestRunRefused_SaysWhy()
    {
        var refused = Reports.Good.Tables[0].Incremental! with { State = "needs_attention", Detail = "because" };
        var note = Assert.Single(Of([Reports.Good.Tables[0] with { Incremental = refused }]), note => note.Kind == "runFailed");
        Assert.Contains("because", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ARunThatWaits_NamesNumbersAndRun()
    {
        var note = Assert.Single(StatusNotes.Of(Reports.Good.Tables, Reports.NeedsApproval.Running, [], null, s_options, Reports.Now));
        Assert.Equal(("needsApproval", Reports.NeedsApproval.Running[0].Run), (note.Kind, note.Run));
        Assert.Contains("3,120 records of tickets", note.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failed", 1)]
    [InlineData("Completed", 0)]
    public void Of_AFailedRun_CountsUntilALaterOneOfItsKindCompleted(string latest, int notes)
    {
        OrchestrationStatus[] recent =
        [
            new("full-2", "ReconciliationOrchestrator", "full", latest, null, Reports.Now.AddHours(-1), Reports.Now, 1),
            new("full-1", "ReconciliationOrchestrator", "full", "Failed", null, Reports.Now.AddHours(-9), Reports.Now, 1),
        ];
        Assert.Equal(notes, StatusNotes.Of(Reports.Good.Tables, [], recent, null, s_options, Reports.Now).Count);
    }

    [Fact]
    public void Of_SlowEventsAndFailures_SaysBoth() =>
        Assert.Equal(["slow", "failures"], Of([Reports.Good.Tables[0] with { Latency = new(9, 200, 301), Failures = 2 }]).Select(note => note.Kind));

    [Fact]
    public void Of_NothingYet_SaysHowToBegin() => Assert.Equal("empty", Assert.Single(Of(Reports.Empty.Tables)).Kind);

    private static IReadOnlyList<StatusNote> Of(IReadOnlyList<TableStatus> tables) => StatusNotes.Of(tables, [], [], null, s_options, Reports.Now);
}
