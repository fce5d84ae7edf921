using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Reads and writes times as helpdesks do.</summary>
/// <remarks>
/// Source: Zoho Desk's OpenAPI files (v1.0): ISO with 0-3 fraction digits by pattern, epoch milliseconds in the same fields by example.
/// </remarks>
public static class HelpdeskTime
{
    private const string IsoMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private static readonly string[] IsoFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>
    /// Reads a time: ISO 8601 with or without fraction, with offset, <c>Z</c> or (then UTC) neither; or epoch milliseconds as number or
    /// string.
    /// </summary>
    /// <param name="value">Any JSON value; also one that is undefined.</param>
    /// <param name="time">UTC, truncated to whole milliseconds; the default where nothing could be read.</param>
    /// <returns>False for null, an empty string and whatever else is not a time.</returns>
    public static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out var milliseconds) && TryFromEpoch(milliseconds, out time),
            JsonValueKind.String => TryRead(JsonText.Of(value), out time),
            _ => false,
        };
    }

    /// <summary>Reads a time from text, as <see cref="TryRead(JsonElement, out DateTimeOffset)"/> does.</summary>
    public static bool TryRead(string? text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TryFromEpoch(milliseconds, out time);
        }

        var read = DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, Utc, out time);
        time = time.ToWholeMilliseconds();
        return read;
    }

    /// <summary>The time in UTC as <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>; finer parts are cut.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(IsoMilliseconds, CultureInfo.InvariantCulture);

    /// <summary>The same moment in UTC, cut (not rounded) to whole milliseconds, the precision of the history.</summary>
    public static DateTimeOffset ToWholeMilliseconds(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static bool TryFromEpoch(long milliseconds, out DateTimeOffset time)
    {
        var inRange = milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        time = inRange ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return inRange;
    }
}
