using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>One walk through a record: its fields in its order, each at its place. Flattening and hashing share it.</summary>
/// <remarks>It serves many records, one at a time, and remembers their places. Not thread-safe.</remarks>
internal sealed class RecordWalk(NamingConvention naming, FieldPaths? leftOut)
{
    private const int MostPlaces = 20_000;
    private Visit[] _visits = new Visit[64];
    private long _objects;

    /// <summary>The place of the record itself.</summary>
    public PathNode Root { get; private set; } = new(naming, leftOut);

    /// <summary>How many fields were visited.</summary>
    public int Count { get; private set; }

    /// <summary>The visit with a number below <see cref="Count"/>. Not to be kept while the walk goes on.</summary>
    public ref readonly Visit this[int at] => ref _visits[at];

    /// <summary>Walks through a record; a value that is no object has no fields.</summary>
    public void Begin(JsonElement record)
    {
        Count = 0;
        if (Root.Size > MostPlaces)
        {
            // Records whose names are data would be remembered without end.
            Root = new PathNode(naming, leftOut);
        }

        if (record.ValueKind == JsonValueKind.Object)
        {
            Enter(record, Root);
        }
    }

    /// <summary>Adds the fields of an object, and of the objects in it; arrays are visited as they are.</summary>
    public void Enter(JsonElement value, PathNode place)
    {
        var number = ++_objects;
        var next = 0;
        foreach (var property in value.EnumerateObject())
        {
            var below = place.Below(property, ref next);
            if (below.MetIn == number)
            {
                _visits[below.MetAt].Place = null;
            }

            var at = Count++;
            (below.MetIn, below.MetAt) = (number, at);
            if (at == _visits.Length)
            {
                Array.Resize(ref _visits, at * 2);
            }

            var field = property.Value;
            var kind = field.ValueKind;
            _visits[at] = new Visit { Place = below, Value = field, Kind = kind, End = at + 1 };
            if (kind == JsonValueKind.Object)
            {
                Enter(field, below);
                _visits[at].End = Count;
            }
        }
    }

    /// <summary>Forgets the visits from this one on.</summary>
    public void Leave(int first) => Count = first;

    /// <summary>A field of the record.</summary>
    internal struct Visit
    {
        /// <summary>Where it lies; null where its name stands a second time in the same object, and the later one counts.</summary>
        public PathNode? Place;

        /// <summary>What it holds.</summary>
        public JsonElement Value;

        /// <summary>Of what kind that is.</summary>
        public JsonValueKind Kind;

        /// <summary>The visit after those of the fields in it.</summary>
        public int End;
    }
}
