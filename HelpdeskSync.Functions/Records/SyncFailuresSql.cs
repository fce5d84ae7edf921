namespace HelpdeskSync.Functions.Records;

/// <summary>The statements on <c>_sync_failures</c>. The table is small: none of them is pruned, each reads it whole.</summary>
internal static class SyncFailuresSql
{
    /// <summary>Puts failures down (<c>@failures</c>: JSON); of one that stands already the attempts are counted.</summary>
    public static string Note(string table) =>
        $"""
        -- Puts failed records down, or counts one more attempt. No pruning: a small table of the app's own.
        MERGE {table} AS T
        USING (
          SELECT JSON_VALUE(r, '$.id') AS `id`, JSON_VALUE(r, '$.parent') AS `parent_id`, JSON_VALUE(r, '$.reason') AS `reason`
          FROM UNNEST(JSON_QUERY_ARRAY(@failures)) AS r
        ) AS S
        ON T.`id` = S.`id` AND T.`table_name` = @table
        WHEN MATCHED THEN
          UPDATE SET `attempts` = T.`attempts` + 1, `reason` = S.`reason`, `run` = @run, `last_failed_at` = @now
        WHEN NOT MATCHED BY TARGET THEN
          INSERT (`table_name`, `id`, `parent_id`, `reason`, `run`, `attempts`, `first_failed_at`, `last_failed_at`)
          VALUES (@table, S.`id`, S.`parent_id`, S.`reason`, @run, 1, @now, @now)
        """;

    /// <summary>Strikes records.</summary>
    public static string Clear(string table) =>
        $"""
        -- Strikes records that were written after all. No pruning: a small table of the app's own.
        DELETE FROM {table}
        WHERE `table_name` = @table AND `id` IN UNNEST(@ids)
        """;

    /// <summary>The records of one table that failed.</summary>
    public static string Read(string table) =>
        $"""
        -- The records of a table that failed earlier. No pruning: a small table of the app's own.
        SELECT `id`, `parent_id`
        FROM {table}
        WHERE `table_name` = @table
        """;

    /// <summary>How many records stand, by table.</summary>
    public static string Count(string table) =>
        $"""
        -- How many failed records stand, by table. No pruning: a small table of the app's own.
        SELECT `table_name`, COUNT(*) AS `records`
        FROM {table}
        GROUP BY `table_name`
        """;
}
