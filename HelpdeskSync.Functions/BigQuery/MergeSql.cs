using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The one statement that writes history: it closes and opens versions of many records at once, as the Domain's <see cref="Timeline"/> says.</summary>
/// <remarks>
/// Parameters: <c>@ids</c> (the batch's ids: BigQuery prunes the clustered target by them) and, for a batch that travels as a parameter, <c>@batch</c>.
/// The batch holds at most one row an id, so that no target row is matched twice. Names of its own begin with <c>_sync_</c>, as no field's does.
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
            -- Closes and opens versions of many records at once. Pruning: the target is clustered by `id`, and both looks at it are bounded by @ids.
            MERGE {target} AS T
            USING (
              WITH batch AS (
                SELECT
                  {Batch(stage, [.. fields, .. BatchColumns.All])}
              ),
              seen AS (
                SELECT
                  `id`, `_row_hash`, `_sync_observed`, `_sync_gone`,
                  {Dating(conventions)}
                FROM batch
              ),
              history AS (
                SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash`
                FROM {target}
                WHERE `id` IN UNNEST(@ids)
              ),
              places AS (
                SELECT
                  s.`id`,
                  MAX(h.`_fivetran_start`) AS `latest_start`,
                  MAX(IF(h.`_fivetran_start` < s.`_sync_dated_at`, h.`_fivetran_start`, NULL)) AS `previous_start`,
                  MIN(IF(h.`_fivetran_start` > s.`_sync_dated_at`, h.`_fivetran_start`, NULL)) AS `next_start`,
                  COUNTIF(h.`_fivetran_start` = s.`_sync_dated_at`) AS `same_start`
                FROM seen AS s
                LEFT JOIN history AS h ON h.`id` = s.`id`
                GROUP BY s.`id`
              ),
              decided AS (
                SELECT
                  s.`id`,
                  s.`_sync_observed`,
                  s.`_sync_dated_at`,
                  l.`_fivetran_start` AS `latest_start`,
                  l.`_fivetran_end` AS `latest_end`,
                  p.`_fivetran_start` AS `previous_start`,
                  p.`_fivetran_end` AS `previous_end`,
                  {EndOf("q.`next_start`", conventions)} AS `next_end`,
                  {Action}
                FROM seen AS s
                JOIN places AS q ON q.`id` = s.`id`
                LEFT JOIN history AS l ON l.`id` = q.`id` AND l.`_fivetran_start` = q.`latest_start`
                LEFT JOIN history AS p ON p.`id` = q.`id` AND p.`_fivetran_start` = q.`previous_start`
              ),
              dated AS (
                SELECT
                  d.`id`, d.`_sync_observed`, d.`_sync_dated_at`, d.`latest_start`, d.`previous_start`, d.`previous_end`, d.`next_end`, d.`action`,
                  {NewStart}
                FROM decided AS d
              )
              SELECT
                {SqlNames.List(written, "b")},
                d.`_sync_observed`,
                d.`new_start` AS `_sync_new_start`,
                step AS `_sync_step`,
                {NewVersion(conventions)},
                {Match(conventions)}
              FROM dated AS d
              JOIN batch AS b ON b.`id` = d.`id`
              CROSS JOIN UNNEST(['close', 'open']) AS step
              WHERE (step = 'close' AND d.`action` IN ('close', 'replace', 'insert'))
                OR (step = 'open' AND d.`action` IN ('open', 'replace', 'reopen', 'insert'))
            ) AS S
            ON T.`id` = S.`id` AND T.`id` IN UNNEST(@ids) AND T.`_fivetran_start` = S.`_sync_match_start` AND S.`_sync_step` = 'close'
            WHEN MATCHED THEN
              UPDATE SET `_fivetran_active` = FALSE, `_fivetran_end` = S.`_sync_match_end`
            WHEN NOT MATCHED BY TARGET AND S.`_sync_step` = 'open' THEN
              INSERT ({SqlNames.List(written)}, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`)
              VALUES ({SqlNames.List(written, "S")}, S.`_sync_new_active`, S.`_sync_new_start`, S.`_sync_new_end`, S.`_sync_observed`)
            """;
    }

    // The cases of Timeline.Apply, in its order. A NULL hash, as another connector's rows have it, equals none.
    private const string Action =
        """
        CASE
                    WHEN s.`_sync_gone` AND NOT IFNULL(l.`_fivetran_active`, FALSE) THEN 'already_gone'
                    WHEN s.`_sync_gone` AND s.`_sync_observed` < l.`_fivetran_synced` THEN 'stale'
                    WHEN s.`_sync_gone` THEN 'close'
                    WHEN l.`id` IS NULL THEN 'open'
                    WHEN l.`_fivetran_active` AND l.`_row_hash` = s.`_row_hash` THEN 'unchanged'
                    WHEN NOT s.`_sync_by_source` AND s.`_sync_observed` < IF(l.`_fivetran_active`, l.`_fivetran_synced`, GREATEST(l.`_fivetran_synced`, l.`_fivetran_end`)) THEN 'stale'
                    WHEN NOT s.`_sync_by_source` THEN IF(l.`_fivetran_active`, 'replace', 'reopen')
                    WHEN l.`_fivetran_active` AND s.`_sync_dated_at` > l.`_fivetran_start` THEN 'replace'
                    WHEN l.`_fivetran_active` AND s.`_sync_dated_at` = l.`_fivetran_start` THEN IF(s.`_sync_observed` < l.`_fivetran_synced`, 'stale', 'replace')
                    WHEN NOT l.`_fivetran_active` AND s.`_sync_observed` >= l.`_fivetran_end` THEN 'reopen'
                    WHEN NOT l.`_fivetran_active` AND s.`_sync_dated_at` > l.`_fivetran_start` AND s.`_sync_dated_at` >= l.`_fivetran_end` THEN 'stale'
                    WHEN q.`same_start` > 0 THEN 'stale'
                    WHEN s.`_sync_dated_at` < l.`_fivetran_start` AND p.`_row_hash` = s.`_row_hash` THEN 'stale'
                    ELSE 'insert'
                  END AS `action`
        """;

    // No two versions of a record share a start, and none begins before a deletion that was seen has ended the one before.
    private const string NewStart =
        """
        CASE d.`action`
                    WHEN 'replace' THEN GREATEST(d.`_sync_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND))
                    WHEN 'reopen' THEN GREATEST(d.`_sync_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND), TIMESTAMP_ADD(d.`latest_end`, INTERVAL 1 MILLISECOND))
                    ELSE d.`_sync_dated_at`
                  END AS `new_start`
        """;

    // Every value of a batch is text, so that it becomes the same value whichever way it came.
    private static string Batch(string? stage, IReadOnlyList<Column> columns)
    {
        var values = columns.Select(column =>
            (column.Name, Value: ColumnTypes.FromText(column.Type, stage is null ? $"JSON_VALUE(r, '$.{column.Name}')" : $"r.{SqlNames.Quote(column.Name)}")));
        var from = stage is null ? "UNNEST(JSON_QUERY_ARRAY(@batch))" : stage;
        return $"{string.Join(",\n      ", values.Select(value => $"{value.Value} AS {SqlNames.Quote(value.Name)}"))}\n    FROM {from} AS r";
    }

    private static string Dating(HistoryConventions conventions) => conventions.VersionStart == VersionStart.Observed
        ? "FALSE AS `_sync_by_source`,\n      `_sync_observed` AS `_sync_dated_at`"
        : "`_sync_modified` IS NOT NULL AS `_sync_by_source`,\n      IFNULL(`_sync_modified`, `_sync_observed`) AS `_sync_dated_at`";

    private static string EndOf(string next, HistoryConventions conventions) =>
        conventions.SupersededEnd == SupersededEnd.NextStart ? next : $"TIMESTAMP_SUB({next}, INTERVAL 1 MILLISECOND)";

    private static string NewVersion(HistoryConventions conventions)
    {
        var open = conventions.OpenEnd == OpenEnd.Null ? "CAST(NULL AS TIMESTAMP)" : "TIMESTAMP '9999-12-31 23:59:59.999+00'";
        return $"""
            d.`action` <> 'insert' AS `_sync_new_active`,
                CASE
                  WHEN d.`action` <> 'insert' THEN {open}
                  WHEN d.`previous_end` > {EndOf("d.`_sync_dated_at`", conventions)} AND (d.`next_end` IS NULL OR d.`previous_end` < d.`next_end`) THEN d.`previous_end`
                  ELSE d.`next_end`
                END AS `_sync_new_end`
            """;
    }

    // A version that a deletion closed before the inserted one begins keeps its end.
    private static string Match(HistoryConventions conventions) =>
        $"""
        CASE
                  WHEN d.`action` IN ('close', 'replace') THEN d.`latest_start`
                  WHEN d.`previous_end` > {EndOf("d.`_sync_dated_at`", conventions)} OR d.`previous_end` = d.`next_end` THEN d.`previous_start`
                END AS `_sync_match_start`,
                CASE
                  WHEN d.`action` = 'close' THEN GREATEST(d.`_sync_observed`, d.`latest_start`)
                  ELSE {EndOf("d.`new_start`", conventions)}
                END AS `_sync_match_end`
        """;
}
