using System.Globalization;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The questions of the cut-over comparison.</summary>
/// <remarks>
/// What changed here after the old connector last synced (<c>@synced</c>) is no difference: the old tables cannot have it yet. Values that
/// are written differently are shown to the app, which decides whether they mean the same.
/// </remarks>
internal static class CompareSql
{
    /// <summary>How many ids are shown as samples.</summary>
    public const int Samples = 10;

    /// <summary>One row: up to when the old connector synced the table, and how many active rows each side has.</summary>
    public static string Sides(string baseline, string history) =>
        $"""
        -- How the two sides stand. No pruning: both tables are read once, of two system columns.
        SELECT
          (SELECT MAX(`_fivetran_synced`) FROM {baseline}) AS `synced`,
          (SELECT COUNT(*) FROM {baseline} WHERE `_fivetran_active`) AS `baseline_active`,
          (SELECT COUNT(*) FROM {history} WHERE `_fivetran_active`) AS `active`
        """;

    /// <summary>One row a kind: <c>kind, found, id</c> with sample ids. Kinds: <c>missing</c> here, <c>extra</c> here, <c>newer</c> here.</summary>
    public static string Records(string baseline, string history) =>
        $"""
        -- Records that are active on one side only. No pruning: both tables are read once, of their system columns.
        SELECT K.`kind`, K.`id`, COUNT(*) OVER (PARTITION BY K.`kind`) AS `found`
        FROM (
          SELECT COALESCE(B.`id`, O.`id`) AS `id`,
            CASE
              WHEN O.`changed` > @synced THEN 'newer'
              WHEN O.`id` IS NULL OR NOT O.`active` THEN 'missing'
              WHEN B.`id` IS NULL THEN 'extra'
              ELSE 'both'
            END AS `kind`
          FROM (SELECT DISTINCT CAST(`id` AS STRING) AS `id` FROM {baseline} WHERE `_fivetran_active`) AS B
          FULL OUTER JOIN (
            SELECT `id`, LOGICAL_OR(`_fivetran_active`) AS `active`,
              MAX(IF(`_fivetran_active`, `_fivetran_start`, `_fivetran_end`)) AS `changed`
            FROM {history}
            GROUP BY `id`
          ) AS O ON O.`id` = B.`id`
          WHERE B.`id` IS NOT NULL OR O.`active`
        ) AS K
        WHERE TRUE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY K.`kind` ORDER BY K.`id`) <= {Samples}
        """;

    /// <summary>One row a cell that is written differently on the two sides: <c>id, k, b, o</c>, values as JSON text, k the column's place.</summary>
    public static string Cells(string baseline, string history, IReadOnlyList<SharedColumn> columns)
    {
        var places = Enumerable.Range(0, columns.Count).ToList();
        return $"""
            -- Cells of records active on both sides that are written differently. No pruning: both tables are read once, of the columns they share.
            SELECT C.`id`, C.`k`, C.`b`, C.`o`
            FROM (
              SELECT O.`id`, `k`, {Pick("B", "b")}, {Pick("O", "o")}
              FROM (
                SELECT CAST(`id` AS STRING) AS `id`, {List(columns.Select(column => column.InBaseline))}
                FROM {baseline}
                WHERE `_fivetran_active`
              ) AS B
              JOIN (
                SELECT `id`, {List(columns.Select(column => column.Here))}
                FROM {history}
                WHERE `_fivetran_active` AND `_fivetran_start` <= @synced
              ) AS O ON O.`id` = B.`id`
              CROSS JOIN UNNEST([{string.Join(", ", places)}]) AS `k`
            ) AS C
            WHERE C.`b` <> C.`o`
            """;

        string List(IEnumerable<string> names) => string.Join(", ", names.Select((name, at) => $"IFNULL(TO_JSON_STRING({SqlNames.Quote(name)}), 'null') AS `c{at.ToString(CultureInfo.InvariantCulture)}`"));
        string Pick(string side, string name) =>
            $"CASE `k` {string.Join(' ', places.Select(at => $"WHEN {at} THEN {side}.`c{at}`"))} END AS `{name}`";
    }

    /// <summary>From when on both sides have kept history: when the first full run had ended.</summary>
    public static string FirstFullRun(string runs) =>
        $"""
        -- When the first full run of a table had ended. Reads one small table of the app's own.
        SELECT MIN(`ended_at`) AS `ended_at` FROM {runs} WHERE `table_name` = @table AND LOWER(`mode`) = 'full'
        """;

    /// <summary>One row a side and sample: <c>side, id, found</c>: versions that begin on one side and, within the tolerance, not on the other.</summary>
    public static string Timelines(string baseline, string history)
    {
        return $"""
            -- Versions that begin on one side only. No pruning: both tables are read twice, of two system columns.
            SELECT V.`side`, V.`id`, COUNT(*) OVER (PARTITION BY V.`side`) AS `found`
            FROM (
              {Unmatched("baseline", baseline, history)}
              UNION ALL
              {Unmatched("here", history, baseline)}
            ) AS V
            WHERE TRUE
            QUALIFY ROW_NUMBER() OVER (PARTITION BY V.`side` ORDER BY V.`id`) <= {Samples}
            """;

        static string Unmatched(string side, string table, string other) =>
            $"""
            SELECT '{side}' AS `side`, CAST(A.`id` AS STRING) AS `id`
              FROM {table} AS A
              LEFT JOIN {other} AS B
                ON CAST(B.`id` AS STRING) = CAST(A.`id` AS STRING) AND ABS(TIMESTAMP_DIFF(A.`_fivetran_start`, B.`_fivetran_start`, MILLISECOND)) <= @tolerance
              WHERE A.`_fivetran_start` >= @since AND A.`_fivetran_start` <= @synced AND B.`id` IS NULL
            """;
    }
}

/// <summary>A column that both sides have, whatever the case of its name.</summary>
/// <param name="Here">Its name in the history table.</param>
/// <param name="InBaseline">Its name in the old connector's table.</param>
public sealed record SharedColumn(string Here, string InBaseline);
