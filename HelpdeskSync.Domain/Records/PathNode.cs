using System.Runtime.InteropServices;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>A place in records of one kind, remembered from record to record, with what lies below it.</summary>
internal sealed class PathNode(FieldPath path, NamingConvention naming, PathNode? root = null)
{
    private readonly List<(byte[] Raw, PathNode Node)> _order = [];
    private readonly Dictionary<string, PathNode> _byName = new(StringComparer.Ordinal);

    public FieldPath Path { get; } = path;

    /// <summary>How many places are remembered; of the root only.</summary>
    public int Size { get; private set; }

    /// <summary>The object in which the place was met last, by its number.</summary>
    public long Visit { get; set; }

    /// <summary>The first leaf that the place came to there.</summary>
    public int FirstLeaf { get; set; }

    /// <summary>The leaf after the last one.</summary>
    public int EndOfLeaves { get; set; }

    /// <summary>The place of a property; <paramref name="next"/> is where it is expected, as records of a kind name their fields in one order.</summary>
    public PathNode Below(JsonProperty property, ref int next)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (next < _order.Count && raw.SequenceEqual(_order[next].Raw))
        {
            return _order[next++].Node;
        }

        for (var at = 0; at < _order.Count; at++)
        {
            if (raw.SequenceEqual(_order[at].Raw))
            {
                next = at + 1;
                return _order[at].Node;
            }
        }

        var node = Below(JsonText.NameOf(property));
        _order.Add((raw.ToArray(), node));
        Count();
        next = _order.Count;
        return node;
    }

    /// <summary>The place of a name.</summary>
    public PathNode Below(string name)
    {
        if (!_byName.TryGetValue(name, out var node))
        {
            _byName[name] = node = new PathNode(Path.Into(name, naming), naming, root ?? this);
            Count();
        }

        return node;
    }

    private void Count() => (root ?? this).Size++;
}

/// <summary>A value of a record that becomes a column, and its place; no place where the value was struck out again.</summary>
internal readonly record struct Leaf(PathNode? Node, JsonElement Value);

/// <summary>The column names of records that have the same fields.</summary>
internal sealed record ColumnLayout(PathNode? Parent, PathNode[] Nodes, IReadOnlyList<string> Names)
{
    public bool IsOf(PathNode? parent, List<Leaf> leaves)
    {
        if (!ReferenceEquals(parent, Parent) || leaves.Count != Nodes.Length)
        {
            return false;
        }

        for (var at = 0; at < Nodes.Length; at++)
        {
            if (!ReferenceEquals(leaves[at].Node, Nodes[at]))
            {
                return false;
            }
        }

        return true;
    }
}
