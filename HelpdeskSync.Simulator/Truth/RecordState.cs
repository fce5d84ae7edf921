using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

internal enum Lifecycle
{
    Alive,
    Trashed,
    Purged,
}

internal enum ChangeKind
{
    Created,
    Updated,

    /// <summary>A ticket's thread or comment count changed.</summary>
    ChildrenChanged,
    Deleted,
    Purged,
    Restored,
}

/// <summary>One version of a record: what made it, when, and the modified time its document shows.</summary>
internal readonly record struct RecordVersion(int Number, ChangeKind Change, long At, long? Modified);

/// <summary>What is kept of a record that differs from its initial state. Changed only under the helpdesk's lock.</summary>
internal sealed class RecordState
{
    public required long Created { get; set; }

    public long? Modified { get; set; }

    public long ContentAt { get; set; }

    public long? LastThread { get; set; }

    public long Parent { get; init; } = -1;

    public int Content { get; set; } = 1;

    public Lifecycle Life { get; set; }

    /// <summary>Replaced as a whole, so that views may share it.</summary>
    public JsonObject? Planted { get; set; }

    /// <summary>Living children of a ticket.</summary>
    public int Threads { get; set; }

    public int Comments { get; set; }

    /// <summary>Ordinals of the children added after the start, dead ones included.</summary>
    public List<long>? AddedThreads { get; set; }

    public List<long>? AddedComments { get; set; }

    public List<RecordVersion> Versions { get; } = [];

    public RecordView View(Table table, long ordinal) => new()
    {
        Table = table,
        Ordinal = ordinal,
        Parent = Parent,
        Version = Versions[^1].Number,
        Content = Content,
        Created = Created,
        Modified = Modified,
        ContentAt = ContentAt,
        LastThread = LastThread,
        Threads = Threads,
        Comments = Comments,
        Trashed = Life == Lifecycle.Trashed,
        Planted = Planted,
    };
}
