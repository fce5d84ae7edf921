using System.Net;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.Telemetry;

public sealed class InstrumentsTests : IDisposable
{
    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Theory]
    [InlineData(RunEnd.Complete, "complete")]
    [InlineData(RunEnd.NeedsAttention, "needs_attention")]
    [InlineData(RunEnd.DeletesNotApproved, "deletes_not_approved")]
    [InlineData(RunEnd.Failed, "failed")]
    public void RunEnded_EachEnd_IsNamedAsTheAlertAsks(RunEnd end, string outcome)
    {
        _readings.Instruments.RunEnded(SyncMode.Full, end);

        Assert.Equal([1], _readings.Values[$"helpdesksync.runs{{mode=full,outcome={outcome}}}"]);
        Assert.Equal(4, Enum.GetValues<RunEnd>().Length);
    }

    [Fact]
    public void Wrote_ForAnEvent_CountsRowsAndTheTimeSinceItsAcceptance()
    {
        var accepted = _readings.Clock.GetUtcNow();
        _readings.Clock.Advance(TimeSpan.FromSeconds(4));

        _readings.Instruments.Wrote("tickets", new WriteCounts(2, 1, 5, 0, 10, 1), accepted);

        Assert.Equal([2], _readings.Values["helpdesksync.rows.written{table=tickets,kind=inserted}"]);
        Assert.Equal([1], _readings.Values["helpdesksync.rows.written{table=tickets,kind=closed}"]);
        Assert.Equal([4], _readings.Values["helpdesksync.event.lag{table=tickets}"]);
    }

    [Fact]
    public void Wrote_ForARun_IsNoEvent()
    {
        _readings.Instruments.Wrote("tickets", new WriteCounts(1, 0, 0, 0, 10, 1), null);

        _readings.Observe();
        Assert.Equal(["helpdesksync.rows.written{table=tickets,kind=inserted}"], _readings.Values.Keys);
    }

    [Fact]
    public void EventLag_NinetyFifthPercentile_IsOfTheLastHourAndOfEachTable()
    {
        for (var fast = 0; fast < 95; fast++)
        {
            Write("tickets", seconds: 2);
        }

        for (var slow = 0; slow < 6; slow++)
        {
            Write("tickets", seconds: 600);
        }

        Write("contacts", seconds: 30);
        _readings.Observe();
        Assert.InRange(Assert.Single(_readings.Values["helpdesksync.event.lag.p95{table=tickets}"]), 480, 720);
        Assert.InRange(Assert.Single(_readings.Values["helpdesksync.event.lag.p95{table=contacts}"]), 24, 36);

        _readings.Clock.Advance(TimeSpan.FromMinutes(30));
        Write("tickets", seconds: 2);
        _readings.Clock.Advance(TimeSpan.FromMinutes(30));
        _readings.Observe();
        Assert.InRange(_readings.Values["helpdesksync.event.lag.p95{table=tickets}"][1], 1.6, 2.4);
        Assert.Single(_readings.Values["helpdesksync.event.lag.p95{table=contacts}"]);
    }

    [Fact]
    public void Called_WithAndWithoutAnAnswer_TellsItsStatus()
    {
        _readings.Instruments.Called("record", HttpStatusCode.TooManyRequests);
        _readings.Instruments.Called("search", null);

        Assert.Equal([1], _readings.Values["helpdesksync.api.calls{endpoint=record,status=429}"]);
        Assert.Equal([1], _readings.Values["helpdesksync.api.calls{endpoint=search,status=none}"]);
    }

    [Fact]
    public void Billed_StatementOfATable_IsCountedByItsKind()
    {
        _readings.Instruments.Billed("merge_tickets", 20);

        Assert.Equal([20], _readings.Values["helpdesksync.bigquery.billed{statement=merge}"]);
    }

    private void Write(string table, int seconds) =>
        _readings.Instruments.Wrote(table, WriteCounts.None, _readings.Clock.GetUtcNow() - TimeSpan.FromSeconds(seconds));
}
