using HelpdeskSync.Domain.History;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The history's invariants as one statement a table.</summary>
internal static class VerifySql
{
    /// <summary>How many keys of each broken rule are shown.</summary>
    public const int Samples = 10;

    /// <summary>One row a broken rule and sample key: <c>rule, id, found</c>.</summary>
    /// <param name="history">The table, quoted.</param>
    /// <param name="conventions">What ends are expected to hold.</param>
    /// <param name="parent">For children: the parents' table, quoted, and the column with the parent's id.</param>
    public static string Broken(string history, HistoryConventions conventions, (string History, string Column)? parent)
    {
        var open = conventions.OpenEnd == OpenEnd.Null ? "V.`end` IS NULL" : "IFNULL(V.`end` = TIMESTAMP '9999-12-31 23:59:59.999+00', FALSE)";
        var due = conventions.SupersededEnd == SupersededEnd.NextStart ? "V.`next_start`" : "TIMESTAMP_SUB(V.`next_start`, INTERVAL 1 MILLISECOND)";
        var orphan = parent is null ? "" : $",\n    IF(V.`active` AND V.`parent_id` IS NOT NULL AND P.`id` IS NULL, '{VerifyRules.ParentLives}', NULL)";
        var parentColumn = parent is { } child ? $", {SqlNames.Quote(child.Column)} AS `parent_id`" : "";
        var parents = parent is { } of ? $"\n  LEFT JOIN (SELECT `id` FROM {of.History} WHERE `_fivetran_active` GROUP BY `id`) AS P ON P.`id` = V.`parent_id`" : "";
        return $"""
            -- Versions that break a rule of the history. No pruning: the whole table is read once, of its system columns only.
            SELECT B.`rule`, B.`id`, COUNT(*) OVER (PARTITION BY B.`rule`) AS `found`
            FROM (
              SELECT V.`id`, `rule`
              FROM (
                SELECT `id`, `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`, `_row_hash` AS `hash`{parentColumn},
                  LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS `next_start`,
                  COUNTIF(`_fivetran_active`) OVER (PARTITION BY `id`) AS `actives`
                FROM {history}
              ) AS V{parents}
              CROSS JOIN UNNEST([
                IF(V.`id` IS NULL OR V.`start` IS NULL OR V.`active` IS NULL, '{VerifyRules.KeyPresent}', NULL),
                IF(V.`active` AND V.`actives` > 1, '{VerifyRules.OneActive}', NULL),
                IF(V.`active` AND V.`next_start` IS NOT NULL, '{VerifyRules.ActiveIsLast}', NULL),
                IF(NOT V.`active` AND V.`end` > V.`next_start`, '{VerifyRules.NoOverlap}', NULL),
                IF(NOT V.`active` AND V.`end` < {due}, '{VerifyRules.NoGap}', NULL),
                IF(V.`end` < V.`start`, '{VerifyRules.EndsAfterStart}', NULL),
                IF(V.`active` <> ({open}), '{VerifyRules.OpenEnd}', NULL),
                IF(V.`hash` IS NULL, '{VerifyRules.HashPresent}', NULL){orphan}
              ]) AS `rule`
              WHERE `rule` IS NOT NULL
            ) AS B
            WHERE TRUE
            QUALIFY ROW_NUMBER() OVER (PARTITION BY B.`rule` ORDER BY B.`id`) <= {Samples}
            ORDER BY `rule`, `id`
            """;
    }

    /// <summary>How many versions a table holds.</summary>
    public static string CountVersions(string history) =>
        $"""
        -- How many versions there are. No pruning, and no column is read.
        SELECT COUNT(*) AS `versions` FROM {history}
        """;
}
