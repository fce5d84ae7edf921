using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Compares the values of two columns that two connectors filled from one field: by what they mean, not by how they are written.</summary>
public static class ValueEquality
{
    private static readonly string[] s_times =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz", "yyyy-MM-dd",
    ];

    /// <summary>Whether two values, each as the JSON text of one column's value, mean the same.</summary>
    /// <remarks>
    /// Equal are: numbers of one value (1 and 1.0), a number and its text, a Boolean and its text, two writings of one moment (a time without an
    /// offset is UTC), and two JSON texts of one value whatever the order of their members. NULL equals only NULL: an empty text is a value.
    /// </remarks>
    /// <exception cref="JsonException">A text is not JSON.</exception>
    public static bool Same(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        using var first = JsonDocument.Parse(left);
        using var second = JsonDocument.Parse(right);
        return Same(first.RootElement, second.RootElement);
    }

    private static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.Null || right.ValueKind == JsonValueKind.Null)
        {
            return left.ValueKind == right.ValueKind;
        }

        if (left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String)
        {
            return SameTexts(left.GetString()!, right.GetString()!);
        }

        return left.ValueKind == JsonValueKind.String ? SameAsText(right, left.GetString()!)
            : right.ValueKind == JsonValueKind.String ? SameAsText(left, right.GetString()!)
            : JsonElement.DeepEquals(left, right);
    }

    private static bool SameTexts(string left, string right) =>
        left == right
        || (TryReadTime(left, out var first) && TryReadTime(right, out var second) && first == second)
        || (TryReadJson(left, out var leftValue) && TryReadJson(right, out var rightValue) && JsonElement.DeepEquals(leftValue, rightValue));

    private static bool SameAsText(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => bool.TryParse(text, out var flag) && flag == value.GetBoolean(),
        JsonValueKind.Number => IsSameNumber(value, text) || IsSameMoment(value, text),
        _ => TryReadJson(text, out var parsed) && JsonElement.DeepEquals(value, parsed),
    };

    private static bool IsSameNumber(JsonElement number, string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return parsed.RootElement.ValueKind == JsonValueKind.Number && JsonElement.DeepEquals(number, parsed.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSameMoment(JsonElement epochMilliseconds, string text) =>
        epochMilliseconds.TryGetInt64(out var milliseconds) && TryReadTime(text, out var time) && time.ToUnixTimeMilliseconds() == milliseconds;

    private static bool TryReadTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, s_times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryReadJson(string text, out JsonElement value)
    {
        value = default;
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return false;
        }

        try
        {
            using var parsed = JsonDocument.Parse(text);
            value = parsed.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
