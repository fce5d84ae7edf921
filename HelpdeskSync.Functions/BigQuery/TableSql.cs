using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>DDL of history and staging tables.</summary>
internal static class TableSql
{
    /// <summary>Makes a history table that holds nothing but the id and the system columns; fields are added when they are first seen.</summary>
    public static string CreateHistory(string table) =>
        $"""
        -- Makes a history table, clustered by `id`: what every later statement is pruned by. Reads no table.
        CREATE TABLE IF NOT EXISTS {table} (
          `id` STRING NOT NULL,
          {Columns(SystemColumns.All)}
        )
        CLUSTER BY `id`
        """;

    /// <summary>Makes, or makes anew, a staging table that BigQuery drops by itself after a day.</summary>
    public static string CreateStage(string table, IEnumerable<Column> columns) =>
        $"""
        -- Makes a staging table that BigQuery drops by itself after a day. Reads no table.
        CREATE OR REPLACE TABLE {table} (
          {Columns(columns)}
        )
        OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))
        """;

    /// <summary>Adds columns; those that another writer added meanwhile are left as they are.</summary>
    public static string AddColumns(string table, IEnumerable<Column> columns) =>
        $"-- Adds columns; one that another writer added meanwhile stays as it is. Reads no table.\nALTER TABLE {table}\n  "
        + string.Join(",\n  ", columns.Select(column => $"ADD COLUMN IF NOT EXISTS {SqlNames.Quote(column.Name)} {ColumnTypes.Sql(column.Type)}"));

    /// <summary>Widens a column.</summary>
    public static string Widen(string table, Column column) =>
        $"-- Widens a column: BigQuery changes its type without reading the table.\nALTER TABLE {table} ALTER COLUMN {SqlNames.Quote(column.Name)} SET DATA TYPE {ColumnTypes.Sql(column.Type)}";

    /// <summary>Drops a staging table, if it is there.</summary>
    public static string Drop(string table) => $"-- Drops a staging table after use. Reads no table.\nDROP TABLE IF EXISTS {table}";

    private static string Columns(IEnumerable<Column> columns) =>
        string.Join(",\n  ", columns.Select(column => $"{SqlNames.Quote(column.Name)} {ColumnTypes.Sql(column.Type)}"));
}
