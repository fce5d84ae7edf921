namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>Statements over <c>_sync_measures</c>.</summary>
internal static class MeasureSql
{
    /// <summary>Drops the days before <c>@day</c>.</summary>
    public static string Prune(string table) =>
        $"""
        -- Drops whole partitions of `minute`, which is free.
        DELETE FROM {table} WHERE `minute` < @day
        """;

    /// <summary>Appends the sums of some minutes, all in one statement.</summary>
    public static string Append(string table) =>
        $"""
        -- Appends the sums of some minutes. Reads no table.
        INSERT INTO {table} (`minute`, `table_name`, `measure`, `bucket`, `value`)
        SELECT
          CAST(JSON_VALUE(r, '$.minute') AS TIMESTAMP),
          JSON_VALUE(r, '$.table'),
          JSON_VALUE(r, '$.measure'),
          CAST(JSON_VALUE(r, '$.bucket') AS INT64),
          CAST(JSON_VALUE(r, '$.value') AS INT64)
        FROM UNNEST(JSON_QUERY_ARRAY(@rows)) AS r
        """;

    /// <summary>The sums of each hour since <c>@since</c>, with the part of them since <c>@recent</c>.</summary>
    public static string Read(string table) =>
        $"""
        -- Sums up the hours since @since. Pruned by the partitions of `minute`.
        SELECT
          TIMESTAMP_TRUNC(`minute`, HOUR) AS `hour`,
          `table_name`,
          `measure`,
          `bucket`,
          SUM(`value`) AS `value`,
          SUM(IF(`minute` >= @recent, `value`, 0)) AS `recent`
        FROM {table}
        WHERE `minute` >= @since
        GROUP BY `hour`, `table_name`, `measure`, `bucket`
        """;
}
