using System.Text.Json.Nodes;

namespace HelpdeskSync.Simulator.Records;

/// <summary>One record as it stood at one moment: all that its document depends on besides the world. Times are Unix milliseconds.</summary>
internal sealed record RecordView
{
    public required Table Table { get; init; }

    public required long Ordinal { get; init; }

    /// <summary>The ticket of a thread or comment; -1 for other tables.</summary>
    public long Parent { get; init; } = -1;

    /// <summary>Counts every change of the document, 1 at first.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Counts the changes of generated fields, 1 at first.</summary>
    public int Content { get; init; } = 1;

    public required long Created { get; init; }

    /// <summary>Null for what was never modified or has no such time.</summary>
    public long? Modified { get; init; }

    /// <summary>When the generated fields last changed.</summary>
    public long ContentAt { get; init; }

    public long? LastThread { get; init; }

    public int Threads { get; init; }

    public int Comments { get; init; }

    public bool Trashed { get; init; }

    /// <summary>Fields that a control call planted over the generated ones; never changed in place.</summary>
    public JsonObject? Planted { get; init; }

    public long Id => RecordIds.Of(Table, Ordinal);

    public long ParentId => RecordIds.Of(Table.Tickets, Parent);
}

/// <summary>Which of a record's documents is meant.</summary>
internal enum Shape
{
    Detail,
    ListRow,
    SearchRow,
}
