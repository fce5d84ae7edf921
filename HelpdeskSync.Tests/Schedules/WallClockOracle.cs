namespace HelpdeskSync.Tests.Schedules;

/// <summary>Says, without any cron library, when a wall clock's appointments come: it walks through every date, or every minute.</summary>
internal static class WallClockOracle
{
    /// <summary>Appointments at one time of the day, on dates that fit; in order, those within (from, to].</summary>
    public static IEnumerable<DateTimeOffset> Daily(
        TimeSpan time, Predicate<DateOnly> fits, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var last = DateOnly.FromDateTime(to.UtcDateTime).AddDays(2);
        var found = new SortedSet<DateTimeOffset>();
        for (var date = DateOnly.FromDateTime(from.UtcDateTime).AddDays(-2); date <= last; date = date.AddDays(1))
        {
            if (fits(date) && Instant(date.ToDateTime(TimeOnly.MinValue) + time, zone) is var instant && instant > from && instant <= to)
            {
                found.Add(instant);
            }
        }

        return found;
    }

    /// <summary>Every minute whose reading on the wall fits, both passes of a repeated hour included; those within (from, to].</summary>
    public static IEnumerable<DateTimeOffset> EachMinute(Predicate<DateTime> fits, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var first = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var minute = first; minute <= to; minute = minute.AddMinutes(1))
        {
            if (minute > from && fits(TimeZoneInfo.ConvertTime(minute, zone).DateTime))
            {
                yield return minute;
            }
        }
    }

    /// <summary>The first moment at which the wall shows this time; where it never does, the moment at which it has jumped over it.</summary>
    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone)
    {
        // Two days around hold every offset that the zone can have; minutes are as fine as offsets get today.
        var minute = new DateTimeOffset(wall, TimeSpan.Zero).AddHours(-26);
        while (TimeZoneInfo.ConvertTime(minute, zone).DateTime < wall)
        {
            minute = minute.AddMinutes(1);
        }

        return minute;
    }
}
