using System.Buffers.Binary;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <content>The order of names.</content>
public sealed partial class CanonicalWriter
{
    private readonly Dictionary<int, int[]> _orders = [];
    private Property[] _properties = new Property[128];
    private int _top;

    private void Push(ReadOnlySpan<byte> name, ReadOnlySpan<byte> document, JsonElement value)
    {
        if (_top == _properties.Length)
        {
            Array.Resize(ref _properties, _top * 2);
        }

        document.Overlaps(name, out var at);
        _properties[_top++] = new Property(Prefix(document, at, name), at, name.Length, value);
    }

    /// <summary>The first eight bytes of a name, as a number that sorts as they do; a shorter name is filled up with zeros.</summary>
    private static ulong Prefix(ReadOnlySpan<byte> document, int at, ReadOnlySpan<byte> name)
    {
        if (BinaryPrimitives.TryReadUInt64BigEndian(document[at..], out var bytes))
        {
            return name.Length >= sizeof(ulong) ? bytes : bytes & ~(ulong.MaxValue >> (8 * name.Length));
        }

        foreach (var letter in name)
        {
            bytes = (bytes << 8) | letter;
        }

        return bytes << (8 * (sizeof(ulong) - name.Length));
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
    private readonly struct Property(ulong prefix, int at, int length, JsonElement value)
    {
        public readonly int At = at;
        public readonly int Length = length;
        public readonly JsonElement Value = value;
        private readonly ulong _prefix = prefix;

        public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> document) => document.Slice(At, Length);

        public int CompareTo(in Property other, ReadOnlySpan<byte> document) =>
            _prefix != other._prefix ? _prefix.CompareTo(other._prefix) : NameIn(document).SequenceCompareTo(other.NameIn(document));
    }
}
