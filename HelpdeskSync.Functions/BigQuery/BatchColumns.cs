using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a batch says of each row besides its fields.</summary>
internal static class BatchColumns
{
    /// <summary>Its hash, when it was seen, its modified time, whether it is gone.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        new(SystemColumns.RowHash, ColumnType.String), new("_observed", ColumnType.Timestamp), new("_modified", ColumnType.Timestamp), new("_gone", ColumnType.Bool),
    ];
}
