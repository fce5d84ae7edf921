using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a batch says of each row besides its fields. No field's column has such a name.</summary>
internal static class BatchColumns
{
    /// <summary>TIMESTAMP: when the record was asked for.</summary>
    public const string Observed = SystemColumns.AppPrefix + "observed";

    /// <summary>TIMESTAMP: its modified time, where it has one.</summary>
    public const string Modified = SystemColumns.AppPrefix + "modified";

    /// <summary>BOOL: whether it is gone.</summary>
    public const string Gone = SystemColumns.AppPrefix + "gone";

    /// <summary>The hash and the three above.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        new(SystemColumns.RowHash, ColumnType.String), new(Observed, ColumnType.Timestamp), new(Modified, ColumnType.Timestamp), new(Gone, ColumnType.Bool),
    ];
}
