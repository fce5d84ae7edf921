using System.Globalization;
using System.Text.RegularExpressions;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>Points of time as GoogleSQL and its loads write them: <c>2026-01-02 03:04:05.678901+02:00</c>, with T or a space, Z, UTC, an offset or a zone's name.</summary>
internal static partial class Timestamps
{
    /// <summary>Reads a text; without a zone it is UTC.</summary>
    /// <returns>Null when it is none, or lies outside of the years 1 to 9999.</returns>
    public static DateTime? Read(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success || !TryDate(match, out var local))
        {
            return null;
        }

        try
        {
            return Zone(match, local) is { } offset ? DateTime.SpecifyKind(local - offset, DateTimeKind.Utc) : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Seconds since 1970 with a fraction; null when outside of the years 1 to 9999.</summary>
    public static DateTime? OfSeconds(decimal seconds) =>
        seconds is >= -62_135_596_800m and < 253_402_300_800m ? DateTime.UnixEpoch.AddTicks((long)(seconds * 1_000_000m) * TimeSpan.TicksPerMicrosecond) : null;

    /// <summary>A date and time without zone.</summary>
    public static DateTime? ReadLocal(string text) =>
        Shape().Match(text) is { Success: true } match && !match.Groups["zone"].Success && TryDate(match, out var local) ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified) : null;

    private static bool TryDate(Match match, out DateTime local)
    {
        var fraction = match.Groups["f"].Value;
        var micros = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0'), CultureInfo.InvariantCulture);
        var (year, month, day) = (Number(match, "y"), Number(match, "m"), Number(match, "d"));
        var (hour, minute, second) = (Number(match, "h"), Number(match, "i"), Number(match, "s"));
        var valid = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
        local = valid ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(micros * TimeSpan.TicksPerMicrosecond) : default;
        return valid;
    }

    private static TimeSpan? Zone(Match match, DateTime local)
    {
        var zone = match.Groups["zone"].Value.Trim();
        if (zone.Length == 0 || zone is "Z" or "z" || zone.Equals("UTC", StringComparison.OrdinalIgnoreCase))
        {
            return TimeSpan.Zero;
        }

        if (match.Groups["sign"].Success)
        {
            var offset = new TimeSpan(Number(match, "oh"), Number(match, "om"), 0);
            return offset > TimeSpan.FromHours(14) ? null : match.Groups["sign"].Value == "-" ? -offset : offset;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)) : null;
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Length: > 0 } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^\s*(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[ Tt](?<h>\d{1,2}):(?<i>\d{1,2})(?::(?<s>\d{1,2})(?:\.(?<f>\d{0,6})\d{0,3})?)?)?(?<zone>[Zz]|\s*(?<sign>[+-])(?<oh>\d{1,2})(?::?(?<om>\d{2}))?|\s+[A-Za-z][\w/+-]*)?\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
