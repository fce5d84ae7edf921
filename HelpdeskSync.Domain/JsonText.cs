using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain;

/// <summary>Reads JSON strings and names that need not be valid Unicode.</summary>
/// <remarks>
/// Helpdesks cut texts at a length, sometimes through the middle of an emoji, and .NET refuses to read such a string. One record must not
/// stop a
/// run for that, so what is no character becomes U+FFFD.
/// </remarks>
internal static class JsonText
{
    /// <summary>The text of a JSON string.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Repair(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }

    /// <summary>The name of a JSON property.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Repair(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    /// <summary>The properties of an object by name. Where a name stands twice, the last one counts, as in most readers.</summary>
    public static Dictionary<string, JsonElement> PropertiesOf(JsonElement value)
    {
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            properties[NameOf(property)] = property.Value;
        }

        return properties;
    }

    /// <summary>Finds a property of an object; false where <paramref name="value"/> is no object.</summary>
    public static bool TryGet(JsonElement value, string name, out JsonElement found)
    {
        found = default;
        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        try
        {
            return value.TryGetProperty(name, out found);
        }
        catch (InvalidOperationException)
        {
            return PropertiesOf(value).TryGetValue(name, out found);
        }
    }

    private static string Repair(ReadOnlySpan<byte> escaped)
    {
        var units = new StringBuilder(Unescape(Encoding.UTF8.GetString(escaped)));
        for (var i = 0; i < units.Length; i++)
        {
            var paired = char.IsHighSurrogate(units[i]) && i + 1 < units.Length && char.IsLowSurrogate(units[i + 1]);
            if (paired)
            {
                i++;
            }
            else if (char.IsSurrogate(units[i]))
            {
                units[i] = '\uFFFD';
            }
        }

        return units.ToString();
    }

    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)int.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(escaped[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }

        return text.ToString();
    }
}
