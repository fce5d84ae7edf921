namespace HelpdeskSync.Functions.Schedules;

/// <summary>How many instances of each group the clock on the wall asks for.</summary>
internal static class WarmHours
{
    /// <summary>Instances wished for at this moment: some within the hours of the days, none otherwise.</summary>
    public static int Wish(WarmOptions options, TimeZoneInfo zone, DateTimeOffset now)
    {
        var wall = TimeZoneInfo.ConvertTime(now, zone);
        var isDay = WarmOptions.Parts(options.Days).Contains(wall.DayOfWeek.ToString(), StringComparer.OrdinalIgnoreCase);
        return isDay && options.From <= wall.TimeOfDay && wall.TimeOfDay < options.Until ? options.Instances : 0;
    }
}
