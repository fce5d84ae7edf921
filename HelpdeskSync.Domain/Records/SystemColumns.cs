namespace HelpdeskSync.Domain.Records;

/// <summary>The columns every history table has beside the record's own.</summary>
public static class SystemColumns
{
    /// <summary>BOOL: true for the version that holds now.</summary>
    public const string Active = "_fivetran_active";

    /// <summary>TIMESTAMP: when the version began.</summary>
    public const string Start = "_fivetran_start";

    /// <summary>TIMESTAMP: when the version ended; what an open one holds is convention.</summary>
    public const string End = "_fivetran_end";

    /// <summary>TIMESTAMP: when the observation that wrote the version was made.</summary>
    public const string Synced = "_fivetran_synced";

    /// <summary>STRING: the content's hash.</summary>
    public const string RowHash = "_row_hash";

    /// <summary>What the names of the app's own columns in its statements and staging tables begin with; no field's name does without a digest.</summary>
    public const string AppPrefix = "_sync_";

    /// <summary>All five, with their types, in the order above.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        new(Active, ColumnType.Bool),
        new(Start, ColumnType.Timestamp),
        new(End, ColumnType.Timestamp),
        new(Synced, ColumnType.Timestamp),
        new(RowHash, ColumnType.String),
    ];
}
