using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>
/// An orchestrator's status or output as a line for people, whatever app it is of: the members of an object by their names, lists of
/// texts by their items, other lists by their lengths; what is empty is left out.
/// </summary>
internal static class StatusText
{
    private const int Longest = 100;
    private const int MostItems = 5;

    /// <returns>Empty when there is no such member, or nothing in it.</returns>
    public static string Of(JsonElement instance, string member)
    {
        if (instance.ValueKind != JsonValueKind.Object || !instance.TryGetProperty(member, out var value))
        {
            return string.Empty;
        }

        var text = value.ValueKind == JsonValueKind.Object ? Members(value) : Value(value);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    private static string Members(JsonElement json) => string.Join(", ", json.EnumerateObject()
        .Select(member => (Name: Words(member.Name), Text: Value(member.Value)))
        .Where(member => member.Text.Length > 0)
        .Select(member => $"{member.Name} {member.Text}"));

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString("N0", CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => List([.. value.EnumerateArray()]),
        JsonValueKind.Object => Members(value) is { Length: > 0 } inner ? $"({inner})" : string.Empty,
        _ => string.Empty,
    };

    private static string List(IReadOnlyList<JsonElement> items)
    {
        if (items.Count == 0)
        {
            return string.Empty;
        }

        if (items.Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            return items.Count.ToString("N0", CultureInfo.InvariantCulture);
        }

        var more = items.Count > MostItems ? $" and {items.Count - MostItems} more" : string.Empty;
        return string.Join(" ", items.Take(MostItems).Select(Value)) + more;
    }

    /// <summary><c>rowsRead</c> and <c>RowsRead</c> are "rows read".</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0 && char.IsLower(words[^1]))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
