using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

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
    private readonly RecordWalk _walk;
    private readonly ByteBuffer _output = new();
    private int[] _fields = new int[64];
    private int[] _ranks = new int[64];
    private int _top;
    private bool _isPlain;

    /// <summary>A writer that leaves some fields out.</summary>
    /// <param name="excluded">Fields to leave out; arrays are transparent (a path names the field in every element). Null for none.</param>
    public CanonicalWriter(FieldPaths? excluded = null)
        : this(new RecordWalk(NamingConvention.AsIs, excluded))
    {
    }

    internal CanonicalWriter(RecordWalk walk) => _walk = walk;

    /// <summary>Writes <paramref name="value"/>.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <returns>UTF-8; good until the next call.</returns>
    /// <exception cref="ArgumentException">The value is undefined.</exception>
    public ReadOnlySpan<byte> Write(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException("There is no JSON value to write.", nameof(value));
        }

        _walk.Begin(value);
        return WriteWalked(value);
    }

    /// <summary>Writes the value that the walk has just gone through.</summary>
    internal ReadOnlySpan<byte> WriteWalked(JsonElement value)
    {
        _output.Clear();
        _top = 0;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        _isPlain = !raw.Contains((byte)'\\') && Utf8.IsValid(raw);
        Write(value, value.ValueKind, _walk.Root, 0, _walk.Count);
        return _output.Written;
    }

    private void Write(JsonElement value, JsonValueKind kind, PathNode place, int first, int end)
    {
        switch (kind)
        {
            case JsonValueKind.Object:
                WriteObject(place, first, end);
                break;
            case JsonValueKind.Array:
                WriteArray(value, place);
                break;
            case JsonValueKind.String when !_isPlain:
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

    private void WriteObject(PathNode place, int first, int end)
    {
        var bottom = _top;
        for (var at = first; at < end; at = _walk[at].End)
        {
            if (_walk[at].Place is { IsLeftOut: false })
            {
                Push(at);
            }
        }

        _output.Append((byte)'{');
        var isFirst = true;
        foreach (var ordinal in Order(place, bottom))
        {
            ref readonly var visit = ref _walk[_fields[bottom + ordinal]];
            var label = isFirst ? visit.Place!.Label.AsSpan(1) : visit.Place!.Label;
            isFirst = false;
            if (IsCanonical(visit.Kind))
            {
                _output.Append(label, JsonMarshal.GetRawUtf8Value(visit.Value));
            }
            else
            {
                _output.Append(label);
                Write(visit.Value, visit.Kind, visit.Place, _fields[bottom + ordinal] + 1, visit.End);
            }
        }

        _output.Append((byte)'}');
        _top = bottom;
    }

    /// <summary>Whether values of a kind are written as they were sent.</summary>
    private bool IsCanonical(JsonValueKind kind) => kind is JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False || (_isPlain && kind is JsonValueKind.String);

    private void Push(int visit)
    {
        if (_top == _fields.Length)
        {
            Array.Resize(ref _fields, _top * 2);
        }

        _fields[_top++] = visit;
    }

    /// <summary>The ordinals of the fields above <paramref name="bottom"/> in the order of their names: as last time, if that is right.</summary>
    private int[] Order(PathNode place, int bottom)
    {
        place.RankBelow();
        var fields = _fields.AsSpan(bottom, _top - bottom);
        if (place.LastOrder.Length == fields.Length && Ascends(place.LastOrder, fields))
        {
            return place.LastOrder;
        }

        Array.Resize(ref _ranks, Math.Max(_ranks.Length, fields.Length));
        var order = new int[fields.Length];
        for (var at = 0; at < order.Length; at++)
        {
            (order[at], _ranks[at]) = (at, _walk[fields[at]].Place!.Rank);
        }

        _ranks.AsSpan(0, order.Length).Sort(order.AsSpan());
        return place.LastOrder = order;
    }

    private bool Ascends(int[] order, ReadOnlySpan<int> fields)
    {
        var last = -1;
        foreach (var at in order)
        {
            var rank = _walk[fields[at]].Place!.Rank;
            if (rank < last)
            {
                return false;
            }

            last = rank;
        }

        return true;
    }

    private void WriteArray(JsonElement value, PathNode place)
    {
        _output.Append((byte)'[');
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!isFirst)
            {
                _output.Append((byte)',');
            }

            isFirst = false;
            var (kind, first) = (item.ValueKind, _walk.Count);
            if (kind == JsonValueKind.Object)
            {
                _walk.Enter(item, place);
            }

            Write(item, kind, place, first, _walk.Count);
            _walk.Leave(first);
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
}
