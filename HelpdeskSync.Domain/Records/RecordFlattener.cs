using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Records;

/// <summary>Turns a nested record into columns of one row.</summary>
/// <remarks>
/// Names: the names along the path joined with <c>_</c>, made legal; or those that were given. <c>id</c>, the parent's field and given names
/// stay as they are. Other fields whose names clash within the record (BigQuery ignores case; <c>a.b_c</c> and <c>a_b.c</c> join alike), with
/// those or with a system column, are too long or look like side columns (see <see cref="ColumnFit"/>), get <c>_</c> and the first 8
/// hexadecimal digits of the SHA-256 of their dotted path; all of those that clash, so that neither order nor values decide. A field's name is
/// the same in all records that have the same fields, and helpdesks send every field of a kind of record, empty ones as null.
/// One flattener serves many records, one at a time: it remembers their paths and names. Not thread-safe.
/// </remarks>
public sealed class RecordFlattener
{
    private const string Id = "id";
    private const int MostLayouts = 100;
    private readonly IReadOnlyDictionary<string, string>? _given;
    private readonly RecordWalk _walk;
    private readonly Dictionary<int, ColumnLayout> _layouts = [];
    private readonly List<int> _leaves = [];
    private ColumnLayout? _last;
    private PathNode? _root;
    private PathNode? _id;
    private PathNode? _parent;
    private string? _parentId;

    /// <summary>Flattens with the given naming; a table must be written with one naming for all its life.</summary>
    /// <param name="naming">How field names become column names.</param>
    /// <param name="given">Column names by dotted path (dots and backslashes of a name itself escaped with a backslash): legal, different from
    /// each other and from the system columns. Null for none.</param>
    public RecordFlattener(NamingConvention naming, IReadOnlyDictionary<string, string>? given = null)
        : this(new RecordWalk(naming, null), given)
    {
    }

    internal RecordFlattener(RecordWalk walk, IReadOnlyDictionary<string, string>? given)
    {
        _walk = walk;
        _given = given;
    }

    /// <summary>The fields of one row.</summary>
    /// <param name="record">The record as the helpdesk sent it: an object. Where a name stands twice, the last one counts.</param>
    /// <param name="key">What the record was asked for by; fills <c>id</c>, and the parent's field where the record has none.</param>
    /// <param name="entity">What kind of record it is.</param>
    /// <returns>
    /// <c>id</c> first, then the parent's field (both STRING, even where the helpdesk writes integers), then the others in the record's order.
    /// An array is one STRING of JSON text; so is an empty object. Names are unique without regard to case. The fields refer to the record.
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

        _walk.Begin(record);
        Begin(entity);
        FindLeaves();
        var names = NamesOfLeaves();
        var fields = new FlatField[names.Count];
        fields[0] = Pinned(names[0], key.Id);
        var pinned = 1;
        if (_parent is not null)
        {
            fields[pinned] = Pinned(names[pinned], _parentId is { Length: > 0 } id ? id : key.ParentId);
            pinned++;
        }

        for (var at = 0; at < _leaves.Count; at++)
        {
            fields[pinned + at] = new FlatField(names[pinned + at], _walk[_leaves[at]].Value);
        }

        return fields;
    }

    /// <summary>The fields of one row, as <see cref="Flatten"/> makes them, each with its dotted path.</summary>
    public IReadOnlyList<(string Path, FlatField Field)> FlattenWithPaths(JsonElement record, RecordKey key, Entity entity)
    {
        var fields = Flatten(record, key, entity);
        return [.. Pinned().Concat(_leaves.Select(leaf => _walk[leaf].Place!)).Zip(fields, (place, field) => (place.Path.Text, field))];
    }

    private static FlatField Pinned(string name, string? text) =>
        text is null ? new(name, null, null, JsonValueKind.Null) : new(name, ColumnType.String, text, JsonValueKind.String);

    private List<PathNode> Pinned() => _parent is null ? [_id!] : [_id!, _parent];

    private void Begin(Entity entity)
    {
        if (!ReferenceEquals(_root, _walk.Root))
        {
            _root = _walk.Root;
            _id = _root.Below(Id);
            _layouts.Clear();
            _last = null;
        }

        _parent = entity is { IsChild: true, ParentField: { } parentField } ? _walk.Root.Below(parentField) : null;
        _parentId = null;
    }

    private void FindLeaves()
    {
        _leaves.Clear();
        for (var at = 0; at < _walk.Count;)
        {
            ref readonly var visit = ref _walk[at];
            if (visit.Place is null || IsPinned(visit))
            {
                at = visit.End;
            }
            else
            {
                if (visit.End == at + 1)
                {
                    _leaves.Add(at);
                }

                at++;
            }
        }
    }

    private bool IsPinned(in RecordWalk.Visit visit)
    {
        if (ReferenceEquals(visit.Place, _parent))
        {
            _parentId = RecordFields.IdText(visit.Value);
        }

        return ReferenceEquals(visit.Place, _parent) || ReferenceEquals(visit.Place, _id);
    }

    private IReadOnlyList<string> NamesOfLeaves()
    {
        if (_last is { } last && last.IsOf(_parent, _walk, _leaves))
        {
            return last.Names;
        }

        var hash = default(HashCode);
        hash.Add(_parent);
        foreach (var leaf in _leaves)
        {
            hash.Add(_walk[leaf].Place);
        }

        var code = hash.ToHashCode();
        if (_layouts.TryGetValue(code, out var known) && known.IsOf(_parent, _walk, _leaves))
        {
            return (_last = known).Names;
        }

        if (_layouts.Count >= MostLayouts)
        {
            _layouts.Clear();
        }

        var pinned = Pinned();
        PathNode[] places = [.. _leaves.Select(leaf => _walk[leaf].Place!)];
        var layout = new ColumnLayout(_parent, places, ColumnNames.Of([.. pinned.Concat(places).Select(place => place.Path)], pinned.Count, _given));
        return (_layouts[code] = _last = layout).Names;
    }
}
