using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Operations.Measures;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Operations;

public sealed class MeasureLogTests
{
    private static readonly WriteCounts s_counts = new(2, 1, 0, 0, 10, 1);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 10, 0, 30, TimeSpan.Zero));

    [Fact]
    public void Wrote_ManyInAMinute_ComesToOneRowAMeasure()
    {
        var log = new MeasureLog(_time);
        for (var event_ = 0; event_ < 1000; event_++)
        {
            log.Wrote("tickets", s_counts, _time.GetUtcNow().AddSeconds(-2));
        }

        var rows = log.Begin();
        Assert.Equal(3, rows.Count);
        Assert.Equal(2000, Value(rows, Measure.Inserted));
        Assert.Equal(1000, Value(rows, Measure.EventToRow));
        Assert.All(rows, row => Assert.Equal(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero), row.Minute));
    }

    [Fact]
    public void End_NotWritten_KeepsTheSumsAndWhatCameMeanwhile()
    {
        var log = new MeasureLog(_time);
        log.Wrote("tickets", s_counts, null);
        log.Begin();
        log.Wrote("tickets", s_counts, null);
        Assert.Equal(4, Value(log.Unwritten().Rows, Measure.Inserted));

        log.End(isWritten: false);
        Assert.Equal(4, Value(log.Begin(), Measure.Inserted));
        log.End(isWritten: true);
        Assert.Empty(log.Unwritten().Rows);
        Assert.Equal(1, log.Unwritten().Written);
    }

    [Fact]
    public void End_NotWrittenForDays_KeepsTheNewestMinutes()
    {
        var log = new MeasureLog(_time);
        for (var minute = 0; minute < 26_000; minute++)
        {
            log.Wrote("tickets", s_counts, null);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        log.Begin();
        log.End(isWritten: false);
        var kept = log.Unwritten().Rows;
        Assert.Equal(50_000, kept.Count);
        Assert.Contains(kept, row => row.Minute > _time.GetUtcNow().AddMinutes(-2));
    }

    private static long Value(IEnumerable<MeasureRow> rows, string measure) => rows.Where(row => row.Name == measure).Sum(row => row.Value);
}
