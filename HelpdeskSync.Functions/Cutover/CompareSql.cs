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

    /// <summary>One row: when the old connector last wrote a row of any of its tables.</summary>
    /// <remarks>Not of the table compared alone: a sync writes only rows that changed, and a table may not change for weeks.</remarks>
    public static string Synced(IReadOnlyList<string> baselines) =>
        $"""
        -- When the old connector last synced. No pruning: its tables are read once, of one system column.
        SELECT MAX(T.`synced`) AS `synced`
        FROM (
          {string.Join("\n  UNION ALL\n  ", baselines.Select(baseline => $"SELECT MAX(`_fivetran_synced`) AS `synced` FROM {baseline}"))}
        ) AS T
        """;

    /// <summary>One row: how many active rows each side has.</summary>
    public static string Sides(string baseline, string history) =>
        $"""
        -- How the two sides stand. No pruning: both tables are read once, of one system column.
        SELECT
          (SELECT COUNT(*) FROM {baseline} WHERE `_fivetran_active`) AS `baseline_active`,
          (SELECT COUNT(*) FROM {history} WHERE `_fivetran_active`) AS `active`
        """;

    /// <summary>One row a kind: <c>kind, found, id</c> with sample ids: the names of <see cref="RecordKind"/>.</summary>
    public static string Records(string baseline, string history) =>
        $"""
        -- Records that are not active once on each side. No pruning: both tables are read once, of their system columns.
        SELECT K.`kind`, K.`id`, COUNT(*) OVER (PARTITION BY K.`kind`) AS `found`
        FROM (
          SELECT COALESCE(B.`id`, O.`id`) AS `id`,
            CASE
              WHEN O.`changed` > @synced THEN '{RecordKind.Newer}'
              WHEN B.`actives` > 1 THEN '{RecordKind.ActiveTwiceThere}'
              WHEN O.`actives` > 1 THEN '{RecordKind.ActiveTwice}'
              WHEN B.`actives` > 0 AND O.`id` IS NULL THEN '{RecordKind.Missing}'
              WHEN B.`actives` > 0 AND O.`actives` = 0 THEN '{RecordKind.Closed}'
              WHEN O.`actives` > 0 AND B.`id` IS NULL THEN '{RecordKind.Extra}'
              WHEN O.`actives` > 0 AND B.`actives` = 0 THEN '{RecordKind.ClosedThere}'
              ELSE '{RecordKind.Both}'
            END AS `kind`
          FROM (
            SELECT CAST(T.`id` AS STRING) AS `id`, COUNTIF(T.`_fivetran_active`) AS `actives` FROM {baseline} AS T GROUP BY T.`id`
          ) AS B
          FULL OUTER JOIN (
            SELECT `id`, COUNTIF(`_fivetran_active`) AS `actives`,
              MAX(IF(`_fivetran_active`, `_fivetran_start`, `_fivetran_end`)) AS `changed`
            FROM {history}
            GROUP BY `id`
          ) AS O ON O.`id` = B.`id`
          WHERE B.`actives` > 0 OR O.`actives` > 0
        ) AS K
        WHERE TRUE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY K.`kind` ORDER BY K.`id`) <= {Samples}
        """;

    /// <summary>One row a cell that is written differently on the two sides: <c>id, k, b, o</c>, values as JSON text, k the column's place.</summary>
    public static string Cells(string baseline, string history, IReadOnlyList<SharedColumn> columns)
    {
        var places = Enumerable.Range(0, columns.Count).ToList();
        return $"""
            -- Cells of records active once on both sides that are written differently. No pruning: both tables are read once, of the columns they share.
            SELECT C.`id`, C.`k`, C.`b`, C.`o`
            FROM (
              SELECT O.`id`, `k`, {Pick("B", "b")}, {Pick("O", "o")}
              FROM (
                SELECT CAST(`id` AS STRING) AS `id`, {List(columns.Select(column => column.InBaseline))}
                FROM {baseline} AS T
                WHERE `_fivetran_active`
                QUALIFY COUNT(*) OVER (PARTITION BY T.`id`) = 1
              ) AS B
              JOIN (
                SELECT `id`, {List(columns.Select(column => column.Here))}
                FROM {history} AS T
                WHERE `_fivetran_active` AND `_fivetran_start` <= @synced
                QUALIFY COUNT(*) OVER (PARTITION BY T.`id`) = 1
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
    /// <param name="baseline">The old table, quoted.</param>
    /// <param name="history">Ours, quoted.</param>
    /// <param name="telling">The old table's columns of which one must differ from the version before: what changes in others alone makes no version
    /// here. Empty: all count.</param>
    public static string Timelines(string baseline, string history, IReadOnlyList<string> telling)
    {
        return $"""
            -- Versions that begin on one side only. No pruning: both tables are read twice, of two system columns; where some columns tell no version, the old one of the others too.
            SELECT V.`side`, V.`id`, COUNT(*) OVER (PARTITION BY V.`side`) AS `found`
            FROM (
              {Unmatched("baseline", telling.Count == 0 ? baseline : Told(baseline, telling), history)}
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

    private static string Told(string table, IReadOnlyList<string> telling) =>
        $"""
        (
                SELECT N.`id`, N.`_fivetran_start`
                FROM (
                  SELECT C.`id`, C.`_fivetran_start`, C.`content`,
                    LAG(C.`content`) OVER (PARTITION BY C.`id` ORDER BY C.`_fivetran_start`) AS `before`,
                    LAG(C.`_fivetran_end`) OVER (PARTITION BY C.`id` ORDER BY C.`_fivetran_start`) AS `ended`
                  FROM (
                    SELECT `id`, `_fivetran_start`, `_fivetran_end`,
                      ARRAY_TO_STRING([{string.Join(", ", telling.Select(name => $"IFNULL(TO_JSON_STRING({SqlNames.Quote(name)}), 'null')"))}], ',') AS `content`
                    FROM {table}
                  ) AS C
                ) AS N
                WHERE N.`before` IS NULL OR N.`before` <> N.`content` OR N.`ended` < TIMESTAMP_SUB(N.`_fivetran_start`, INTERVAL 1 MILLISECOND)
              )
        """;
}

/// <summary>A column that both sides have, whatever the case of its name.</summary>
/// <param name="Here">Its name in the history table.</param>
/// <param name="InBaseline">Its name in the old connector's table.</param>
public sealed record SharedColumn(string Here, string InBaseline);

/// <summary>How a record stands on the two sides.</summary>
internal static class RecordKind
{
    public const string Both = "both";
    public const string Newer = "newer";
    public const string Missing = "missing";
    public const string Closed = "closed";
    public const string Extra = "extra";
    public const string ClosedThere = "closed_there";
    public const string ActiveTwice = "active_twice";
    public const string ActiveTwiceThere = "active_twice_there";
}
