using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>Renders values as the REST API does: every scalar a text, wrapped in <c>{"v"}</c>; rows and structs in <c>{"f"}</c>.</summary>
internal static class Cells
{
    public static JsonObject Row(object?[] values, IReadOnlyList<SqlColumn> columns, bool microseconds) =>
        new() { ["f"] = new JsonArray([.. values.Select((value, at) => (JsonNode?)new JsonObject { ["v"] = Value(value, columns[at].Type, microseconds) })]) };

    private static JsonNode? Value(object? value, SqlType type, bool microseconds) => value switch
    {
        null or DBNull => type.IsArray ? new JsonArray() : null,
        _ when type.Element is { } element => new JsonArray(
            [.. ((IEnumerable)value).Cast<object?>().Select(item => (JsonNode?)new JsonObject { ["v"] = Value(item, element, microseconds) })]),
        IDictionary members when type.Fields is { } fields => Row([.. fields.Select(field => members[field.Name])], fields, microseconds),
        _ => JsonValue.Create(Text(value, type, microseconds)),
    };

    private static string Text(object value, SqlType type, bool microseconds) => (type.Name, value) switch
    {
        ("TIMESTAMP", DateTime time) => Timestamp(time, microseconds),
        ("TIMESTAMP", DateTimeOffset time) => Timestamp(time.UtcDateTime, microseconds),
        ("DATETIME", DateTime time) => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ("DATE", DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (_, DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (_, TimeOnly time) => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (_, bool flag) => flag ? "true" : "false",
        (_, double number) => Number(number),
        (_, decimal number) => number.ToString("0.#############################", CultureInfo.InvariantCulture),
        (_, Stream bytes) => Base64(bytes),
        (_, IFormattable other) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Timestamp(DateTime time, bool microseconds)
    {
        var micros = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return microseconds ? micros.ToString(CultureInfo.InvariantCulture) : (micros / 1_000_000m).ToString("0.0#####", CultureInfo.InvariantCulture);
    }

    private static string Number(double number) =>
        double.IsNaN(number) ? "NaN" : double.IsPositiveInfinity(number) ? "Infinity" : double.IsNegativeInfinity(number) ? "-Infinity"
        : number == 0 || (Math.Abs(number) >= 1e-3 && Math.Abs(number) < 1e7) ? WithFraction(number.ToString("R", CultureInfo.InvariantCulture)) : Scientific(number);

    /// <summary>Large and small numbers as BigQuery writes them: 1.2345678E7.</summary>
    private static string Scientific(double number)
    {
        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits < 16; digits++)
        {
            var shorter = number.ToString(string.Create(CultureInfo.InvariantCulture, $"E{digits}"), CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) == number)
            {
                text = shorter;
                break;
            }
        }

        var split = text.Split('E');
        return $"{WithFraction(split[0])}E{int.Parse(split[1], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }

    private static string WithFraction(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0";

    private static string Base64(Stream bytes)
    {
        using var copy = new MemoryStream();
        bytes.CopyTo(copy);
        return Convert.ToBase64String(copy.ToArray());
    }
}
