using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Records;

/// <summary>Turns a nested record into columns of one row.</summary>
/// <remarks>
/// Names: the names along the path joined with <c>_</c>, made legal. <c>id</c> and the parent's field always keep theirs. Other fields
/// whose names
/// clash within the record (BigQuery ignores case; <c>a.b_c</c> and <c>a_b.c</c> join alike), with those two or with a system column, or
/// are too
/// long, get <c>_</c> and the first 8 hexadecimal digits of the SHA-256 of their dotted path; all of those that clash, so that neither
/// order nor values
/// decide. A field's name is the same in all records that have the same fields, and helpdesks send every field of a kind of record, empty
/// ones as null. Thread-safe.
/// </remarks>
public sealed class RecordFlattener
{
    private const string Id = "id";
    private readonly NamingConvention _naming;

    /// <summary>Flattens with the given naming; a table must be written with one naming for all its life.</summary>
    public RecordFlattener(NamingConvention naming) => _naming = naming;

    /// <summary>The fields of one row.</summary>
    /// <param name="record">The record as the helpdesk sent it: an object. Where a name stands twice, the last one counts.</param>
    /// <param name="key">What the record was asked for by; fills <c>id</c>, and the parent's field where the record has none.</param>
    /// <param name="entity">What kind of record it is.</param>
    /// <returns>
    /// <c>id</c> first, then the parent's field (both STRING, even where the helpdesk writes integers), then the others in the record's
    /// order.
    /// An array is one STRING of JSON text; so is an empty object. Names are unique without regard to case.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="record"/> is no object.</exception>
    public IReadOnlyList<FlatField> Flatten(JsonElement record, RecordKey key, Entity entity)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(entity);
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException($"A record must be a JSON object, not {record.ValueKind}.", nameof(record));
        }

        var properties = JsonText.PropertiesOf(record);
        var leaves = new List<Leaf> { Text(Id, key.Id) };
        properties.Remove(Id);
        if (entity is { IsChild: true, ParentField: { } parentField })
        {
            leaves.Add(Text(parentField, ParentIdOf(properties, parentField) ?? key.ParentId));
            properties.Remove(parentField);
        }

        var pinned = leaves.Count;
        AddLeaves(properties, FieldPath.Root, leaves);
        var names = ColumnNames.Of([.. leaves.Select(leaf => leaf.Path)], pinned);
        return [.. leaves.Zip(names, (leaf, name) => new FlatField(name, leaf.Type, leaf.Text, leaf.Kind))];
    }

    private static string? ParentIdOf(Dictionary<string, JsonElement> properties, string parentField) =>
        properties.TryGetValue(parentField, out var value) && RecordFields.IdText(value) is { Length: > 0 } id ? id : null;

    private Leaf Text(string name, string? text) =>
        text is null
            ? new Leaf(FieldPath.Root.Into(name, _naming), null, null, JsonValueKind.Null)
            : new Leaf(FieldPath.Root.Into(name, _naming), ColumnType.String, text, JsonValueKind.String);

    private void AddLeaves(Dictionary<string, JsonElement> properties, FieldPath at, List<Leaf> leaves)
    {
        foreach (var (name, value) in properties)
        {
            var path = at.Into(name, _naming);
            if (value.ValueKind == JsonValueKind.Object && JsonText.PropertiesOf(value) is { Count: > 0 } nested)
            {
                AddLeaves(nested, path, leaves);
            }
            else
            {
                leaves.Add(LeafOf(path, value));
            }
        }
    }

    private static Leaf LeafOf(FieldPath path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => new(path, null, null, value.ValueKind),
        JsonValueKind.String => new(path, ColumnType.String, JsonText.Of(value), value.ValueKind),
        JsonValueKind.True => new(path, ColumnType.Bool, "true", value.ValueKind),
        JsonValueKind.False => new(path, ColumnType.Bool, "false", value.ValueKind),
        JsonValueKind.Number => new(path, NumberColumn.TypeOf(value.GetRawText()), value.GetRawText(), value.ValueKind),
        _ => new(path, ColumnType.String, CompactJson.Of(value), value.ValueKind),
    };

    private sealed record Leaf(FieldPath Path, ColumnType? Type, string? Text, JsonValueKind Kind);
}
