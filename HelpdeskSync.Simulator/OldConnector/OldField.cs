using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HelpdeskSync.Simulator.OldConnector;

/// <summary>A field of a record as Fivetran lands it: a lower-case column and a type told by the values.</summary>
/// <remarks>Source: Fivetran's naming convention (userData, user.data and user-data all become user_data) and its BigQuery type map (JSON becomes STRING).</remarks>
internal static partial class OldField
{
    /// <summary>Not seen with a value yet: such a column does not exist.</summary>
    public const string Unknown = "";

    private static readonly JsonSerializerOptions s_spaced = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns of one record; nested objects taken apart, arrays whole.</summary>
    public static IEnumerable<(string Column, JsonNode? Value)> Columns(JsonObject record, string prefix = "")
    {
        foreach (var (name, value) in record)
        {
            var column = prefix + SnakeCase(name);
            foreach (var inner in value is JsonObject { Count: > 0 } nested ? Columns(nested, column + "_") : [(column, value)])
            {
                yield return inner;
            }
        }
    }

    /// <summary>The type of a column that takes a value besides what it has taken so far.</summary>
    public static string TypeWith(string type, JsonNode? value) => (type, TypeOf(value)) switch
    {
        (_, Unknown) => type,
        (Unknown, var first) => first,
        var (one, other) when one == other => type,
        ("INT64", "FLOAT64") or ("FLOAT64", "INT64") => "FLOAT64",
        ("DATE", "TIMESTAMP") or ("TIMESTAMP", "DATE") => "TIMESTAMP",
        _ => "STRING",
    };

    /// <summary>The value as it stands in a column of a type.</summary>
    public static JsonNode? Stored(JsonNode? value, string type) => value switch
    {
        null => null,
        JsonArray or JsonObject => Sorted(value)!.ToJsonString(s_spaced),
        _ when type == "STRING" => Text(value),
        _ when type == "TIMESTAMP" => DateTimeOffset.Parse(Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime
            .ToString("yyyy-MM-dd HH:mm:ss.ffffff 'UTC'", CultureInfo.InvariantCulture),
        _ => value.DeepClone(),
    };

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => Unknown,
        JsonArray or JsonObject => "STRING",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "BOOL",
            JsonValueKind.Number => long.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "INT64" : "FLOAT64",
            _ => Instant().IsMatch(Text(value)) ? "TIMESTAMP" : Day().IsMatch(Text(value)) ? "DATE" : "STRING",
        },
    };

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    // JSON has no order of members; that of an old connector is not the helpdesk's.
    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject nested => new JsonObject(nested.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => value?.DeepClone(),
    };

    private static string SnakeCase(string name) =>
        Illegal().Replace(Hump().Replace(Acronym().Replace(name, "$1_$2"), "$1_$2"), "_").ToLowerInvariant();

    [GeneratedRegex("([A-Z])([A-Z][a-z])")]
    private static partial Regex Acronym();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Hump();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Illegal();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();
}
