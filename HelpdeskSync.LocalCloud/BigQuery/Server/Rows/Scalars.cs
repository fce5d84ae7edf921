using System.Globalization;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>Reads a value's text as a scalar type.</summary>
internal static class Scalars
{
    private static readonly string[] Dates = ["yyyy-M-d"];
    private static readonly string[] Times = ["H:m:s", "H:m:s.FFFFFF"];

    /// <summary>The value as DuckDB's appender takes it; null when the text is none of the type.</summary>
    /// <param name="type">A scalar type.</param>
    /// <param name="text">The value's text.</param>
    /// <param name="quoted">Whether it was a text in JSON; a number that was not is seconds since 1970 where a timestamp is wanted.</param>
    public static object? Read(SqlType type, string text, bool quoted) => type.Name switch
    {
        "STRING" => text,
        "INT64" => Int64(text),
        "FLOAT64" => Float64(text),
        "BOOL" => text.ToUpperInvariant() switch { "TRUE" or "T" or "1" => true, "FALSE" or "F" or "0" => false, _ => null },
        "NUMERIC" or "BIGNUMERIC" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        "TIMESTAMP" => Timestamps.Read(text) ?? (!quoted && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? Timestamps.OfSeconds(seconds) : null),
        "DATETIME" => Timestamps.ReadLocal(text),
        "DATE" => DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        "TIME" => TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
        "BYTES" => Bytes(text),
        _ => throw BigQueryFault.Unsupported($"values of type {type.Sql} in rows written as JSON"),
    };

    private static long? Int64(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number
        : null;

    private static double? Float64(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
    };

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
