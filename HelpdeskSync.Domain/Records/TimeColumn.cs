using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Brings the times that helpdesks write into the time columns of adopted tables; BigQuery keeps microseconds.</summary>
public static class TimeColumn
{
    private const string WriteTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";
    private const int TicksPerMicrosecond = 10;

    // An epoch is told from other integers by its length: milliseconds since 1973, and not yet in the year 5138.
    private const long EarliestEpoch = 100_000_000_000;
    private const long LatestEpoch = 99_999_999_999_999;

    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];
    private static readonly string[] Unzoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    /// <summary>A TIMESTAMP: ISO 8601 with or without fraction, with offset, <c>Z</c> or (then UTC) neither; or epoch milliseconds.</summary>
    public static bool TryWriteTimestamp(FlatField field, out string written)
    {
        var read = TryRead(field, out var time);
        written = read ? time.UtcDateTime.ToString(WriteTime, CultureInfo.InvariantCulture) + "Z" : string.Empty;
        return read;
    }

    /// <summary>A DATETIME: a time without zone as it is, one with a zone in UTC.</summary>
    public static bool TryWriteDateTime(FlatField field, out string written)
    {
        var read = TryRead(field, out var time);
        written = read ? time.UtcDateTime.ToString(WriteTime, CultureInfo.InvariantCulture) : string.Empty;
        return read;
    }

    /// <summary>A DATE: <c>yyyy-MM-dd</c>, nothing else, since a time would lose its hours.</summary>
    public static bool TryWriteDate(FlatField field, out string written)
    {
        written = field.Kind is JsonValueKind.String ? field.Text! : string.Empty;
        return DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static bool TryRead(FlatField field, out DateTimeOffset time)
    {
        time = default;
        if (field.Kind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return false;
        }

        var text = field.Text!;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            time = DateTimeOffset.FromUnixTimeMilliseconds(epoch is >= EarliestEpoch and <= LatestEpoch ? epoch : 0);
            return epoch is >= EarliestEpoch and <= LatestEpoch;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return (DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, Utc, out time)
                || DateTimeOffset.TryParseExact(text, Unzoned, CultureInfo.InvariantCulture, Utc, out time))
            && time.UtcTicks % TicksPerMicrosecond == 0;
    }
}
