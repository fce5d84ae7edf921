namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Questions to history tables.</summary>
internal static class HistorySql
{
    /// <summary>The active versions of some records, and those seen or ended at or after <c>@since</c>. Pruned by <c>@ids</c> on the clustered table.</summary>
    public static string Standing(string history) =>
        $"""
        -- What became of observations. Pruning: the table is clustered by `id`, and @ids bounds the look at it.
        SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_synced`, `_fivetran_end`, `_row_hash`
        FROM {history}
        WHERE `id` IN UNNEST(@ids) AND (`_fivetran_active` OR `_fivetran_synced` >= @since OR `_fivetran_end` >= @since)
        """;

    /// <summary>The parents of some child records, from their latest versions.</summary>
    public static string Parents(string history, string parentColumn) =>
        $"""
        -- Parents of children whose events did not name them. Pruning: the table is clustered by `id`, and @ids bounds the look at it.
        SELECT `id`, {SqlNames.Quote(parentColumn)} AS `parent_id`
        FROM {history}
        WHERE `id` IN UNNEST(@ids)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY `_fivetran_start` DESC) = 1
        """;

    /// <summary>How many records are active.</summary>
    public static string CountActive(string history) =>
        $"""
        -- How many records are active. No pruning: it reads the one BOOL column of the whole table.
        SELECT COUNT(*) AS `active`
        FROM {history}
        WHERE `_fivetran_active`
        """;
}
