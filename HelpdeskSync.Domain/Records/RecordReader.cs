using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Records;

/// <summary>Makes of a record what its history row needs, hash and columns, in one walk.</summary>
/// <remarks>One reader serves many records of an entity, one at a time: it remembers their paths and names. Not thread-safe.</remarks>
public sealed class RecordReader
{
    private readonly Entity _entity;
    private readonly RecordWalk _walk;
    private readonly CanonicalWriter _canonical;
    private readonly RecordFlattener _flattener;

    /// <summary>A reader of an entity's records.</summary>
    /// <param name="entity">What kind of records they are; its volatile fields do not count for the hash.</param>
    /// <param name="naming">How field names become column names; one for all the life of a table.</param>
    /// <param name="given">Column names by dotted path, as <see cref="RecordFlattener"/> takes them. Null for none.</param>
    public RecordReader(Entity entity, NamingConvention naming, IReadOnlyDictionary<string, string>? given = null)
    {
        ArgumentNullException.ThrowIfNull(entity);
        _entity = entity;
        _walk = new RecordWalk(naming, FieldPaths.Of(entity.VolatileFields));
        _canonical = new CanonicalWriter(_walk);
        _flattener = new RecordFlattener(_walk, given);
    }

    /// <summary>The hash of a record, as <see cref="RecordHash"/>, and its columns, as <see cref="RecordFlattener"/> makes them.</summary>
    /// <exception cref="ArgumentException"><paramref name="record"/> is no object.</exception>
    public (string Hash, IReadOnlyList<FlatField> Fields) Read(JsonElement record, RecordKey key)
    {
        var fields = _flattener.Flatten(record, key, _entity);
        return (RecordHash.Of(_canonical.WriteWalked(record)), fields);
    }
}
