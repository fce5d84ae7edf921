using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>A place in records of one kind, remembered from record to record, with what lies below it.</summary>
/// <remarks>Arrays are transparent: a field of their elements lies right below them.</remarks>
internal sealed class PathNode
{
    private readonly List<(byte[] Raw, PathNode Node)> _order = [];
    private readonly Dictionary<byte[], int> _placeInOrder = new(RawNames.Comparer);
    private readonly Dictionary<string, PathNode> _byName = new(StringComparer.Ordinal);
    private readonly NamingConvention _naming;
    private readonly PathNode _root;
    private readonly PathNode? _above;
    private readonly FieldPaths? _leftOutBelow;
    private readonly string _name;
    private FieldPath? _path;
    private bool _hasNewNames;

    /// <summary>The place of a record itself.</summary>
    /// <param name="naming">How names become those of columns.</param>
    /// <param name="leftOut">Fields that do not count as content; null for none.</param>
    public PathNode(NamingConvention naming, FieldPaths? leftOut)
        : this(null, string.Empty, naming) => _leftOutBelow = leftOut;

    private PathNode(PathNode? above, string name, NamingConvention naming)
    {
        (_above, _name, _naming, _root) = (above, name, naming, above?._root ?? this);
        var ends = false;
        _leftOutBelow = above?._leftOutBelow?.Step(Encoding.UTF8.GetBytes(name), out ends);
        IsLeftOut = ends;
        var label = new ByteBuffer();
        label.Append((byte)',');
        CanonicalText.Write(name, label);
        label.Append((byte)':');
        Label = label.Written.ToArray();
    }

    /// <summary>The names on the way here, and the column's that they make.</summary>
    public FieldPath Path => _path ??= _above is null ? FieldPath.Root : _above.Path.Into(_name, _naming);

    /// <summary>True when the field does not count as content.</summary>
    public bool IsLeftOut { get; }

    /// <summary>A comma, the name as a canonical JSON string, and a colon; UTF-8.</summary>
    public byte[] Label { get; }

    /// <summary>Where the name stands among those beside it in the order of their UTF-16 units; see <see cref="RankBelow"/>.</summary>
    public int Rank { get; private set; }

    /// <summary>The order in which the fields of an object here were written last.</summary>
    public int[] LastOrder { get; set; } = [];

    /// <summary>How many places are remembered; of the root only.</summary>
    public int Size { get; private set; }

    /// <summary>The object in which the place was met last, by its number.</summary>
    public long MetIn { get; set; }

    /// <summary>The visit at which it was met there.</summary>
    public int MetAt { get; set; }

    /// <summary>The place of a property; <paramref name="next"/> is where it is expected, as records of a kind name their fields in one order.</summary>
    public PathNode Below(JsonProperty property, ref int next)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (next < _order.Count && raw.SequenceEqual(_order[next].Raw))
        {
            return _order[next++].Node;
        }

        if (_placeInOrder.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(raw, out var known))
        {
            next = known + 1;
            return _order[known].Node;
        }

        var node = Below(JsonText.NameOf(property));
        var name = raw.ToArray();
        _placeInOrder[name] = _order.Count;
        _order.Add((name, node));
        _root.Size++;
        next = _order.Count;
        return node;
    }

    /// <summary>The place of a name.</summary>
    public PathNode Below(string name)
    {
        if (!_byName.TryGetValue(name, out var node))
        {
            _byName[name] = node = new PathNode(this, name, _naming);
            _root.Size++;
            _hasNewNames = true;
        }

        return node;
    }

    /// <summary>Sets the <see cref="Rank"/> of what lies right below.</summary>
    public void RankBelow()
    {
        if (_hasNewNames)
        {
            var rank = 0;
            foreach (var (_, node) in _byName.OrderBy(below => below.Key, StringComparer.Ordinal))
            {
                node.Rank = rank++;
            }

            _hasNewNames = false;
        }
    }
}
