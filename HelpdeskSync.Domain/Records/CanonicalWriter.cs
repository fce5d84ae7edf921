using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Writes JSON so that equal documents are equal bytes: RFC 8785 (JSON Canonicalization Scheme), UTF-8.</summary>
/// <remarks>
/// Names sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them, only the escapes that must be. Three choices where
/// the RFC would refuse the document, because a helpdesk's record must always have a hash: where a name stands twice the last one counts;
/// half a surrogate pair becomes U+FFFD; and an integer literal that a double cannot hold keeps its digits, so that two such ids stay two.
/// One writer serves many records, one at a time: it keeps its memory and remembers in which order names came last. Not thread-safe.
/// </remarks>
public sealed partial class CanonicalWriter
{
    private readonly ByteBuffer _output = new();

    /// <summary>Writes <paramref name="value"/>, leaving out the fields in <paramref name="excluded"/>.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="excluded">Fields to leave out; arrays are transparent (a path names the field in every element). Null for none.</param>
    /// <returns>UTF-8; good until the next call.</returns>
    public ReadOnlySpan<byte> Write(JsonElement value, FieldPaths? excluded = null)
    {
        _output.Clear();
        _top = 0;
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException("There is no JSON value to write.", nameof(value));
        }

        Write(value, JsonMarshal.GetRawUtf8Value(value), excluded);
        return _output.Written;
    }

    // The raw bytes of the whole document hold all names; a name on the stack is a place in them.
    private void Write(JsonElement value, ReadOnlySpan<byte> document, FieldPaths? excluded)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, document, excluded);
                break;
            case JsonValueKind.Array:
                WriteArray(value, document, excluded);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(value, _output);
                break;
            case JsonValueKind.Number:
                WriteNumber(JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                _output.Append(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private void WriteObject(JsonElement value, ReadOnlySpan<byte> document, FieldPaths? excluded)
    {
        var first = _top;
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (name.IsEmpty || !CanonicalText.IsPlain(name))
            {
                _top = first;
                WriteObjectOfOddNames(value, document, excluded);
                return;
            }

            Push(name, document, property.Value);
        }

        _output.Append((byte)'{');
        var isFirst = true;
        foreach (var at in OrderOf(_properties.AsSpan(first, _top - first), document))
        {
            ref readonly var property = ref _properties[first + at];
            var ends = false;
            var below = excluded?.Step(property.NameIn(document), out ends);
            if (!ends)
            {
                // The quotes around the name stand in the document, too.
                _output.AppendBetween(isFirst ? [] : ","u8, document.Slice(property.At - 1, property.Length + 2), ":"u8);
                isFirst = false;
                Write(property.Value, document, below);
            }
        }

        _output.Append((byte)'}');
        _top = first;
    }

    // Names that are empty, have escapes or go beyond ASCII are compared as UTF-16: their bytes sort otherwise.
    private void WriteObjectOfOddNames(JsonElement value, ReadOnlySpan<byte> document, FieldPaths? excluded)
    {
        var properties = JsonText.PropertiesOf(value);
        _output.Append((byte)'{');
        var isFirst = true;
        foreach (var name in properties.Keys.Order(StringComparer.Ordinal))
        {
            var ends = false;
            var below = excluded?.Step(Encoding.UTF8.GetBytes(name), out ends);
            if (!ends)
            {
                Separate(ref isFirst);
                CanonicalText.Write(name, _output);
                _output.Append((byte)':');
                Write(properties[name], document, below);
            }
        }

        _output.Append((byte)'}');
    }

    private void WriteArray(JsonElement value, ReadOnlySpan<byte> document, FieldPaths? excluded)
    {
        _output.Append((byte)'[');
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            Separate(ref isFirst);
            Write(item, document, excluded);
        }

        _output.Append((byte)']');
    }

    private void WriteNumber(ReadOnlySpan<byte> json)
    {
        if (NumberColumn.IsCanonical(json))
        {
            _output.Append(json);
        }
        else
        {
            _output.Append(EcmaScriptNumber.Of(Encoding.UTF8.GetString(json)));
        }
    }

    private void Separate(ref bool isFirst)
    {
        if (!isFirst)
        {
            _output.Append((byte)',');
        }

        isFirst = false;
    }
}
