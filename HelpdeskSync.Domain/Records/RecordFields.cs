using System.Globalization;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Records;

/// <summary>Reads the few fields of a record that the app itself understands. Paths are dotted: <c>source.type</c>.</summary>
public static class RecordFields
{
    /// <summary>The longest id taken, in characters.</summary>
    public const int LongestId = 200;

    /// <summary>Finds the value at a path of nested objects.</summary>
    /// <returns>False when a step is missing or not an object. A null value is found.</returns>
    public static bool TryFind(this JsonElement record, string path, out JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(path);
        value = record;
        foreach (var step in path.Split('.'))
        {
            if (!JsonText.TryGet(value, step, out value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the record's own id, which helpdesks write as string or integer.</summary>
    /// <returns>False when there is none, it is empty, or longer than <see cref="LongestId"/>.</returns>
    public static bool TryReadId(this JsonElement record, Entity entity, out string id)
    {
        ArgumentNullException.ThrowIfNull(entity);
        id = record.TryFind(entity.IdField, out var value) ? IdText(value) ?? string.Empty : string.Empty;
        return id.Length is > 0 and <= LongestId;
    }

    /// <summary>Reads a count, which helpdesks write as string or integer.</summary>
    public static bool TryReadCount(this JsonElement record, string path, out long count)
    {
        count = 0;
        return record.TryFind(path, out var value) && value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out count),
            JsonValueKind.String => long.TryParse(JsonText.Of(value), NumberStyles.None, CultureInfo.InvariantCulture, out count),
            _ => false,
        };
    }

    /// <summary>Reads a time; null when the path is null or leads to nothing that is a time.</summary>
    public static DateTimeOffset? ReadTime(this JsonElement record, string? path) =>
        path is not null && record.TryFind(path, out var value) && HelpdeskTime.TryRead(value, out var time) ? time : null;

    /// <summary>True when one of the entity's gone flags is set: <c>true</c>, or the string "true" that Zoho's own examples show.</summary>
    public static bool IsGone(this JsonElement record, Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity.GoneFlags.Any(flag => record.TryFind(flag, out var value) && IsTrue(value));
    }

    /// <summary>An id's text: a string as it is, an integer's digits; null for anything else.</summary>
    internal static string? IdText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number when value.GetRawText() is var digits && !digits.AsSpan().ContainsAny(".eE-") => digits,
        _ => null,
    };

    private static bool IsTrue(JsonElement value) =>
        value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.String && string.Equals(JsonText.Of(value), "true", StringComparison.OrdinalIgnoreCase));
}
