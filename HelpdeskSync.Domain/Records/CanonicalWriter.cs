using System.Buffers.Binary;
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
public sealed class CanonicalWriter
{
    private readonly ByteBuffer _output = new();
    private readonly Dictionary<int, int[]> _orders = [];
    private Property[] _properties = new Property[128];
    private int _top;

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
            if (!CanonicalText.IsPlain(name))
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
            var property = _properties[first + at];
            var name = property.NameIn(document);
            var ends = false;
            var below = excluded?.Step(name, out ends);
            if (!ends)
            {
                WriteName(name, ref isFirst);
                Write(property.Value, document, below);
            }
        }

        _output.Append((byte)'}');
        _top = first;
    }

    // Names with escapes or beyond ASCII are compared as UTF-16: their bytes sort otherwise.
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

    private void WriteName(ReadOnlySpan<byte> name, ref bool isFirst)
    {
        Separate(ref isFirst);
        _output.Append((byte)'"');
        _output.Append(name);
        _output.Append("\":"u8);
    }

    private void Separate(ref bool isFirst)
    {
        if (!isFirst)
        {
            _output.Append((byte)',');
        }

        isFirst = false;
    }

    private void Push(ReadOnlySpan<byte> name, ReadOnlySpan<byte> document, JsonElement value)
    {
        if (_top == _properties.Length)
        {
            Array.Resize(ref _properties, _top * 2);
        }

        document.Overlaps(name, out var at);
        _properties[_top++] = new Property(Prefix(name), at, name.Length, value);
    }

    private static ulong Prefix(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(name);
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        name.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    /// <summary>The places of the properties in the order of their names, each name once.</summary>
    private int[] OrderOf(ReadOnlySpan<Property> properties, ReadOnlySpan<byte> document)
    {
        if (_orders.TryGetValue(properties.Length, out var known) && Ascends(known, properties, document))
        {
            return known;
        }

        var order = new int[properties.Length];
        for (var at = 0; at < order.Length; at++)
        {
            var place = at;
            for (; place > 0 && properties[order[place - 1]].CompareTo(properties[at], document) > 0; place--)
            {
                order[place] = order[place - 1];
            }

            order[place] = at;
        }

        if (!Ascends(order, properties, document))
        {
            return LastOfEach(order, properties, document);
        }

        _orders[properties.Length] = order;
        return order;
    }

    private static bool Ascends(int[] order, ReadOnlySpan<Property> properties, ReadOnlySpan<byte> document)
    {
        for (var at = 1; at < order.Length; at++)
        {
            if (properties[order[at - 1]].CompareTo(properties[order[at]], document) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int[] LastOfEach(int[] order, ReadOnlySpan<Property> properties, ReadOnlySpan<byte> document)
    {
        var last = new List<int>(order.Length);
        for (var at = 0; at < order.Length; at++)
        {
            if (at + 1 == order.Length || properties[order[at]].CompareTo(properties[order[at + 1]], document) != 0)
            {
                last.Add(order[at]);
            }
        }

        return [.. last];
    }

    /// <summary>A property of an object that is being written, by the place of its name in the document.</summary>
    private readonly record struct Property(ulong Prefix, int At, int Length, JsonElement Value)
    {
        public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> document) => document.Slice(At, Length);

        public int CompareTo(in Property other, ReadOnlySpan<byte> document) =>
            Prefix != other.Prefix ? Prefix.CompareTo(other.Prefix) : NameIn(document).SequenceCompareTo(other.NameIn(document));
    }
}
