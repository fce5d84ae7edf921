using Cronos;
using HelpdeskSync.Functions.Schedules;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.Schedules;

public sealed class ScheduleTests
{
    private static readonly TimeZoneInfo s_amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static Schedule Daily => new(CronExpression.Parse("0 5 * * *"), s_amsterdam);

    [Fact]
    public void Due_SeveralWereMissed_OnlyTheLatestCounts() =>
        Assert.Equal(At("2026-11-24T04:00:00Z"), Daily.Due(At("2026-11-20T12:00:00Z"), At("2026-11-24T04:04:00Z")));

    [Fact]
    public void Due_StartedAlready_IsNotDueAgain() => Assert.Null(Daily.Due(At("2026-11-24T04:00:00Z"), At("2026-11-24T04:05:00Z")));

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "2026-03-29T03:00:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", "2026-10-25T04:00:00Z")]
    public void Due_ClocksChange_KeepsTheWallClockTime(string since, string now, string expected) =>
        Assert.Equal(At(expected), Daily.Due(At(since), At(now)));

    [Fact]
    public void Validate_TextsAreWrong_NamesEveryFault()
    {
        var result = new ScheduleTextsValidator().Validate(null, new ScheduleOptions { Incremental = "daily", TimeZone = "Mars/Olympus" });
        Assert.Equal(2, result.Failures!.Count());
        Assert.Equal(ValidateOptionsResult.Success, new ScheduleTextsValidator().Validate(null, new ScheduleOptions()));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
