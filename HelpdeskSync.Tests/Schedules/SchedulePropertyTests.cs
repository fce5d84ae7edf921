using System.Globalization;
using CsCheck;
using Cronos;
using HelpdeskSync.Functions.Schedules;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>Occurrences over years and zones, both changes of daylight saving time included, against an oracle that knows no cron library.</summary>
public sealed class SchedulePropertyTests
{
    // CsCheck's own 100 are few for zones times years; CsCheck_Iter asks for more.
    private static readonly long s_iterations = Math.Max(400, Check.Iter);

    // Changes at different hours, by half an hour (Lord Howe), at midnight (Santiago, Beirut), the other way round in winter (Dublin), none (Kolkata).
    private static readonly string[] s_zones =
    [
        "Europe/Amsterdam", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "Europe/Dublin",
        "America/St_Johns", "Asia/Kolkata", "Pacific/Auckland", "UTC",
    ];

    private static readonly Gen<TimeZoneInfo> s_zone = Gen.Int[0, s_zones.Length - 1].Select(index => TimeZoneInfo.FindSystemTimeZoneById(s_zones[index]));

    private static readonly Gen<DateTimeOffset> s_moment =
        Gen.Int[0, 10 * 366 * 1440].Select(minutes => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    [Fact]
    public void Due_OncePerDayOnSomeDays_IsTheLatestOfTheWallClocksAppointments() =>
        Gen.Select(s_zone, s_moment, Gen.Int[1, 20 * 1440], Gen.Int[0, 23], Gen.Int[0, 59], Gen.Int[-1, 6]).Sample(
            (zone, since, minutes, hour, minute, day) =>
            {
                var cron = string.Create(CultureInfo.InvariantCulture, $"{minute} {hour} * * {(day < 0 ? "*" : day)}");
                var now = since.AddMinutes(minutes);

                var expected = WallClockOracle.Daily(
                    new TimeSpan(hour, minute, 0), date => day < 0 || (int)date.DayOfWeek == day, zone, since, now).Cast<DateTimeOffset?>().LastOrDefault();

                return Due(cron, zone, since, now) == expected;
            },
            iter: s_iterations,
            print: Print);

    [Fact]
    public void Due_EveryFewMinutes_GoesOnThroughBothPassesOfARepeatedHour() =>
        Gen.Select(s_zone, s_moment, Gen.Int[1, 600], Gen.Int[0, 4].Select(index => new[] { 5, 10, 15, 20, 30 }[index])).Sample(
            (zone, since, minutes, step) =>
            {
                var now = since.AddMinutes(minutes);
                var expected = WallClockOracle.EachMinute(wall => wall.Minute % step == 0, zone, since, now).Cast<DateTimeOffset?>().LastOrDefault();

                return Due(string.Create(CultureInfo.InvariantCulture, $"*/{step} * * * *"), zone, since, now) == expected;
            },
            iter: s_iterations);

    /// <summary>Ticks at five minutes over a year, with outages: every tick's answer together is each appointment once, missed ones by their latest.</summary>
    [Theory]
    [InlineData("Europe/Amsterdam", 2, 30)]
    [InlineData("America/New_York", 1, 30)]
    [InlineData("Australia/Lord_Howe", 2, 15)]
    [InlineData("America/Santiago", 0, 0)]
    public void Due_TickByTickThroughAYear_NamesEachAppointmentOnce(string zoneId, int hour, int minute)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var start = new DateTimeOffset(2025, 12, 31, 23, 57, 0, TimeSpan.Zero);
        var appointments = WallClockOracle.Daily(new TimeSpan(hour, minute, 0), _ => true, zone, start, start.AddYears(1)).ToList();
        var (found, expected) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
        var outages = new Random(7);

        for (DateTimeOffset since = start, now; since < start.AddYears(1); since = now)
        {
            now = since.AddMinutes(outages.Next(4000) == 0 ? outages.Next(5000) : 5);
            if (Due(string.Create(CultureInfo.InvariantCulture, $"{minute} {hour} * * *"), zone, since, now) is { } due)
            {
                found.Add(due);
            }

            expected.AddRange(appointments.Where(one => one > since && one <= now).TakeLast(1));
        }

        Assert.InRange(expected.Count, 300, 365);
        Assert.Equal(expected, found.Where(one => one <= start.AddYears(1)));
    }

    private static DateTimeOffset? Due(string cron, TimeZoneInfo zone, DateTimeOffset since, DateTimeOffset now) =>
        new Schedule(CronExpression.Parse(cron), zone).Due(since, now);

    private static string Print((TimeZoneInfo Zone, DateTimeOffset Since, int Minutes, int Hour, int Minute, int Day) sample) => string.Create(
        CultureInfo.InvariantCulture, $"{sample.Zone.Id} since {sample.Since:O} for {sample.Minutes} min at {sample.Hour}:{sample.Minute} day {sample.Day}");
}
