using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>DDL of history and staging tables.</summary>
internal static class TableSql
{
    /// <summary>Makes a history table that holds nothing but the id and the system columns; fields are added when they are first seen.</summary>
    public static string CreateHistory(string table) =>
        $"""
        CREATE TABLE IF NOT EXISTS {table} (
          `id` STRING NOT NULL,
          {Columns(SystemColumns.All)}
        )
        CLUSTER BY `id`
        """;

    /// <summary>Makes, or makes anew, a staging table that BigQuery drops by itself after a day.</summary>
    public static string CreateStage(string table, IEnumerable<Column> columns) =>
        $"""
        CREATE OR REPLACE TABLE {table} (
          {Columns(columns)}
        )
        OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))
        """;

    /// <summary>Adds columns; those that another writer added meanwhile are left as they are.</summary>
    public static string AddColumns(string table, IEnumerable<Column> columns) =>
        $"ALTER TABLE {table}\n  "
        + string.Join(",\n  ", columns.Select(column => $"ADD COLUMN IF NOT EXISTS {SqlNames.Quote(column.Name)} {ColumnTypes.Sql(column.Type)}"));

    /// <summary>Widens a column.</summary>
    public static string Widen(string table, Column column) =>
        $"ALTER TABLE {table} ALTER COLUMN {SqlNames.Quote(column.Name)} SET DATA TYPE {ColumnTypes.Sql(column.Type)}";

    /// <summary>Drops a staging table, if it is there.</summary>
    public static string Drop(string table) => $"DROP TABLE IF EXISTS {table}";

    private static string Columns(IEnumerable<Column> columns) =>
        string.Join(",\n  ", columns.Select(column => $"{SqlNames.Quote(column.Name)} {ColumnTypes.Sql(column.Type)}"));
}
