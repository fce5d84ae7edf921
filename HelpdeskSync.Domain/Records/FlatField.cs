using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace HelpdeskSync.Domain.Records;

/// <summary>One field of a flattened record: a column's name, and a value as BigQuery text.</summary>
/// <remarks>Refers to the record's document and makes a text only when it is asked for one: most are written as they were read.</remarks>
public readonly struct FlatField : IEquatable<FlatField>
{
    private readonly string? _text;
    private readonly JsonElement _value;

    /// <summary>A field whose text is known.</summary>
    public FlatField(string name, ColumnType? type, string? text, JsonValueKind kind)
    {
        Name = name;
        Type = type;
        Kind = kind;
        _text = text;
    }

    internal FlatField(string name, JsonElement value)
    {
        Name = name;
        Kind = value.ValueKind;
        Type = Kind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True or JsonValueKind.False => ColumnType.Bool,
            JsonValueKind.Number => NumberColumn.TypeOf(JsonMarshal.GetRawUtf8Value(value)),
            _ => ColumnType.String,
        };
        _value = value;
    }

    /// <summary>A legal BigQuery column name, unique in the record without regard to case.</summary>
    public string Name { get; }

    /// <summary>The narrowest column type that holds the value exactly; null for a JSON null, which fits any.</summary>
    public ColumnType? Type { get; }

    /// <summary>What the value was in the record.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>True for a JSON null: there is no text.</summary>
    public bool IsNull => Type is null;

    /// <summary>
    /// Strings as they are, numbers as written in the JSON, <c>true</c>/<c>false</c>, arrays and empty objects as compact JSON; null for null.
    /// </summary>
    public string? Text => _text ?? Kind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => JsonText.Of(_value),
        JsonValueKind.Array or JsonValueKind.Object => CompactJson.Of(_value),
        _ => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(_value)),
    };

    /// <summary>Writes the text as a JSON string.</summary>
    /// <exception cref="InvalidOperationException">The field is null.</exception>
    public void WriteTextTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var raw = _text is null && Kind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? JsonMarshal.GetRawUtf8Value(_value) : [];
        if (raw.IsEmpty || !IsSound(raw))
        {
            writer.WriteStringValue(Text ?? throw new InvalidOperationException($"Field '{Name}' is null and has no text."));
        }
        else if (Kind == JsonValueKind.String)
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(raw);
        }
    }

    /// <inheritdoc/>
    public bool Equals(FlatField other) => Name == other.Name && Type == other.Type && Kind == other.Kind && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlatField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Kind);

    /// <summary>Equal name, type, kind and text.</summary>
    public static bool operator ==(FlatField left, FlatField right) => left.Equals(right);

    /// <summary>Another name, type, kind or text.</summary>
    public static bool operator !=(FlatField left, FlatField right) => !left.Equals(right);

    // Half a surrogate pair can only stand in an escape; what is repaired there and in bytes that are no UTF-8 needs the text.
    private static bool IsSound(ReadOnlySpan<byte> raw) => raw.IndexOf("\\u"u8) < 0 && Utf8.IsValid(raw);
}
