namespace HelpdeskSync.Domain.History;

/// <summary>One version of one record: its content from <see cref="Start"/> to <see cref="End"/>.</summary>
public sealed record HistoryVersion
{
    /// <summary>The record's id.</summary>
    public required string Id { get; init; }

    /// <summary>When the version began, inclusive; whole milliseconds, unique within the record's versions.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>
    /// When it ended; null while it is open, whatever <see cref="OpenEnd"/> writes. Inclusive or not by <see cref="SupersededEnd"/>.
    /// </summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>True for the version that holds now; at most one of a record.</summary>
    public required bool Active { get; init; }

    /// <summary>When the observation that wrote it was made. A deletion does not move it.</summary>
    public required DateTimeOffset Synced { get; init; }

    /// <summary>The content's hash, as <see cref="Records.RecordHash"/>.</summary>
    public required string Hash { get; init; }
}
