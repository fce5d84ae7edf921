using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes values as Zoho's samples have them: ids and counts as strings, times with milliseconds and Z.</summary>
internal static class JsonFields
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Id(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? id)
    {
        if (id is not { } number)
        {
            json.WriteNull(name);
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }

    public static void IdValue(this Utf8JsonWriter json, long id)
    {
        Span<byte> digits = stackalloc byte[20];
        id.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        json.WriteStringValue(digits[..length]);
    }

    public static void Count(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long count) => json.Id(name, count);

    public static void Time(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? time)
    {
        if (time is not { } milliseconds)
        {
            json.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[32];
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).TryFormat(text, out var length, TimeFormat, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    public static string TimeText(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string? TimeText(long? time) => time is { } milliseconds ? TimeText(milliseconds) : null;

    /// <summary>Null reads as null: <see cref="Utf8JsonWriter"/> writes it so.</summary>
    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text) => json.WriteString(name, text);

    public static void Flag(this Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value) => json.WriteBoolean(name, value);

    public static void EmptyArray(this Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }
}
