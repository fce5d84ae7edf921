using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The one statement that writes history: it closes and opens versions of many records at once, as the Domain's <see cref="Timeline"/> says.</summary>
/// <remarks>
/// Parameters: <c>@ids</c> (the batch's ids: BigQuery prunes the clustered target by them) and, for a batch that travels as a parameter, <c>@batch</c>.
/// The batch holds at most one row an id, so that no target row is matched twice.
/// </remarks>
internal static class MergeSql
{
    /// <summary>The statement's text.</summary>
    /// <param name="target">The history table, quoted.</param>
    /// <param name="stage">The staging table that holds the batch, quoted; null when it travels in <c>@batch</c>.</param>
    /// <param name="fields">The record columns that the batch holds, <c>id</c> among them.</param>
    /// <param name="conventions">How versions are dated.</param>
    public static string Build(string target, string? stage, IReadOnlyList<Column> fields, HistoryConventions conventions)
    {
        var written = fields.Select(field => field.Name).Append(SystemColumns.RowHash).ToList();
        return $"""
            MERGE {target} AS T
            USING (
              WITH batch AS (
                {Batch(stage, [.. fields, .. BatchColumns.All], conventions)}
              ),
              history AS (
                SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash`
                FROM {target}
                WHERE `id` IN UNNEST(@ids)
              ),
              places AS (
                SELECT
                  b.`id`,
                  MAX(h.`_fivetran_start`) AS `latest_start`,
                  MAX(IF(h.`_fivetran_start` < b.`_dated_at`, h.`_fivetran_start`, NULL)) AS `previous_start`,
                  MIN(IF(h.`_fivetran_start` > b.`_dated_at`, h.`_fivetran_start`, NULL)) AS `next_start`,
                  COUNTIF(h.`_fivetran_start` = b.`_dated_at`) AS `same_start`
                FROM batch AS b
                LEFT JOIN history AS h ON h.`id` = b.`id`
                GROUP BY b.`id`
              ),
              decided AS (
                SELECT
                  b.*,
                  l.`_fivetran_start` AS `latest_start`,
                  l.`_fivetran_end` AS `latest_end`,
                  p.`_fivetran_start` AS `previous_start`,
                  p.`_fivetran_end` AS `previous_end`,
                  {EndOf("q.`next_start`", conventions)} AS `next_end`,
                  {Action}
                FROM batch AS b
                JOIN places AS q ON q.`id` = b.`id`
                LEFT JOIN history AS l ON l.`id` = q.`id` AND l.`_fivetran_start` = q.`latest_start`
                LEFT JOIN history AS p ON p.`id` = q.`id` AND p.`_fivetran_start` = q.`previous_start`
              ),
              dated AS (
                SELECT
                  d.*,
                  {NewStart}
                FROM decided AS d
              )
              SELECT
                {SqlNames.List(written, "d")},
                d.`_observed`,
                d.`new_start`,
                change AS `_change`,
                {NewEnd(conventions)},
                {Match(conventions)}
              FROM dated AS d
              CROSS JOIN UNNEST(['close', 'open']) AS change
              WHERE (change = 'close' AND d.`_action` IN ('close', 'replace', 'insert'))
                OR (change = 'open' AND d.`_action` IN ('open', 'replace', 'reopen', 'insert'))
            ) AS S
            ON T.`id` = S.`id` AND T.`id` IN UNNEST(@ids) AND T.`_fivetran_start` = S.`match_start` AND S.`_change` = 'close'
            WHEN MATCHED THEN
              UPDATE SET `_fivetran_active` = FALSE, `_fivetran_end` = S.`match_end`
            WHEN NOT MATCHED BY TARGET AND S.`_change` = 'open' THEN
              INSERT ({SqlNames.List(written)}, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`)
              VALUES ({SqlNames.List(written, "S")}, S.`new_active`, S.`new_start`, S.`new_end`, S.`_observed`)
            """;
    }

    // The cases of Timeline.Apply, in its order.
    private const string Action =
        """
        CASE
                    WHEN b.`_gone` AND NOT IFNULL(l.`_fivetran_active`, FALSE) THEN 'already_gone'
                    WHEN b.`_gone` AND b.`_observed` < l.`_fivetran_synced` THEN 'stale'
                    WHEN b.`_gone` THEN 'close'
                    WHEN l.`id` IS NULL THEN 'open'
                    WHEN l.`_fivetran_active` AND l.`_row_hash` = b.`_row_hash` THEN 'unchanged'
                    WHEN NOT b.`_by_source` AND b.`_observed` < IF(l.`_fivetran_active`, l.`_fivetran_synced`, GREATEST(l.`_fivetran_synced`, l.`_fivetran_end`)) THEN 'stale'
                    WHEN NOT b.`_by_source` THEN IF(l.`_fivetran_active`, 'replace', 'reopen')
                    WHEN l.`_fivetran_active` AND b.`_dated_at` > l.`_fivetran_start` THEN 'replace'
                    WHEN l.`_fivetran_active` AND b.`_dated_at` = l.`_fivetran_start` THEN IF(b.`_observed` < l.`_fivetran_synced`, 'stale', 'replace')
                    WHEN NOT l.`_fivetran_active` AND b.`_observed` >= l.`_fivetran_end` THEN 'reopen'
                    WHEN NOT l.`_fivetran_active` AND b.`_dated_at` > l.`_fivetran_start` AND b.`_dated_at` >= l.`_fivetran_end` THEN 'stale'
                    WHEN q.`same_start` > 0 THEN 'stale'
                    WHEN b.`_dated_at` < l.`_fivetran_start` AND p.`_row_hash` = b.`_row_hash` THEN 'stale'
                    ELSE 'insert'
                  END AS `_action`
        """;

    // No two versions of a record share a start, and none begins before a deletion that was seen has ended the one before.
    private const string NewStart =
        """
        CASE d.`_action`
                    WHEN 'replace' THEN GREATEST(d.`_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND))
                    WHEN 'reopen' THEN GREATEST(d.`_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND), TIMESTAMP_ADD(d.`latest_end`, INTERVAL 1 MILLISECOND))
                    ELSE d.`_dated_at`
                  END AS `new_start`
        """;

    private static string Batch(string? stage, IReadOnlyList<Column> columns, HistoryConventions conventions)
    {
        var bySource = conventions.VersionStart == VersionStart.SourceModified ? "`_modified` IS NOT NULL" : "FALSE";
        var rows = stage is null
            ? $"SELECT {string.Join(", ", columns.Select(column => $"{ColumnTypes.Extract(column)} AS {SqlNames.Quote(column.Name)}"))} FROM UNNEST(JSON_QUERY_ARRAY(@batch)) AS r"
            : $"SELECT {SqlNames.List(columns.Select(column => column.Name))} FROM {stage}";
        return $"SELECT *, {bySource} AS `_by_source`, IF({bySource}, `_modified`, `_observed`) AS `_dated_at` FROM ({rows})";
    }

    private static string EndOf(string next, HistoryConventions conventions) =>
        conventions.SupersededEnd == SupersededEnd.NextStart ? next : $"TIMESTAMP_SUB({next}, INTERVAL 1 MILLISECOND)";

    private static string NewEnd(HistoryConventions conventions)
    {
        var open = conventions.OpenEnd == OpenEnd.Null ? "CAST(NULL AS TIMESTAMP)" : "TIMESTAMP '9999-12-31 23:59:59.999+00'";
        return $"""
            d.`_action` <> 'insert' AS `new_active`,
                CASE
                  WHEN d.`_action` <> 'insert' THEN {open}
                  WHEN d.`previous_end` > {EndOf("d.`_dated_at`", conventions)} AND (d.`next_end` IS NULL OR d.`previous_end` < d.`next_end`) THEN d.`previous_end`
                  ELSE d.`next_end`
                END AS `new_end`
            """;
    }

    // A version that a deletion closed before the inserted one begins keeps its end.
    private static string Match(HistoryConventions conventions) =>
        $"""
        CASE
                  WHEN d.`_action` IN ('close', 'replace') THEN d.`latest_start`
                  WHEN d.`previous_end` > {EndOf("d.`_dated_at`", conventions)} OR d.`previous_end` = d.`next_end` THEN d.`previous_start`
                END AS `match_start`,
                CASE
                  WHEN d.`_action` = 'close' THEN GREATEST(d.`_observed`, d.`latest_start`)
                  ELSE {EndOf("d.`new_start`", conventions)}
                END AS `match_end`
        """;
}
