using System.Globalization;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>What is asked of the old connector's tables to learn their conventions.</summary>
internal static class AdoptSql
{
    /// <summary>One row of counts: how ends and starts are written.</summary>
    /// <param name="baseline">The old table, quoted.</param>
    /// <param name="modified">Its column with the records' modified time, and that column's type; null where there is none.</param>
    public static string Conventions(string baseline, (string Column, ColumnType Type)? modified) =>
        $"""
        -- How the old connector writes ends and starts. No pruning: the whole table is read once, of its system columns and the modified time.
        SELECT
          COUNT(*) AS `versions`,
          COUNTIF(V.`active`) AS `active`,
          COUNTIF(V.`active` AND V.`end` IS NULL) AS `open_null`,
          COUNTIF(V.`active` AND V.`end` >= TIMESTAMP '9999-12-31 00:00:00+00') AS `open_maximum`,
          COUNTIF(V.`active` AND V.`end` = TIMESTAMP '9999-12-31 23:59:59.999+00') AS `open_as_ours`,
          COUNTIF(NOT V.`active` AND V.`next_start` IS NOT NULL) AS `superseded`,
          COUNTIF(NOT V.`active` AND V.`end` = V.`next_start`) AS `at_next_start`,
          COUNTIF(NOT V.`active` AND V.`end` = TIMESTAMP_SUB(V.`next_start`, INTERVAL 1 MILLISECOND)) AS `before_next_start`,
          COUNTIF(V.`modified` IS NOT NULL) AS `dated`,
          COUNTIF(ABS(TIMESTAMP_DIFF(V.`start`, V.`modified`, MILLISECOND)) <= 1000) AS `at_modified`
        FROM (
          SELECT `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`,
            {Modified(modified)} AS `modified`,
            LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS `next_start`
          FROM {baseline}
        ) AS V
        """;

    /// <summary>One row a column and one for the rest: <c>k, found</c>: how often column k alone changed from a version to the next; k is NULL where none or several did.</summary>
    /// <param name="baseline">The old table, quoted.</param>
    /// <param name="columns">Columns of fields.</param>
    public static string LoneChanges(string baseline, IReadOnlyList<string> columns)
    {
        var places = Enumerable.Range(0, columns.Count).ToList();
        return $"""
            -- Columns that alone changed between a version and the next. No pruning: the whole table is read once, of the columns compared.
            SELECT IF(D.`changed` = 1, D.`first`, NULL) AS `k`, COUNT(*) AS `found`
            FROM (
              SELECT
                {Each(" + ", at => $"IF({Differs(at)}, 1, 0)")} AS `changed`,
                CASE {Each(" ", at => $"WHEN {Differs(at)} THEN {at}")} END AS `first`
              FROM (
                SELECT {Each(", ", at => $"T.`c{at}`, LAG(T.`c{at}`) OVER (PARTITION BY T.`id` ORDER BY T.`start`) AS `p{at}`")},
                  LAG(T.`start`) OVER (PARTITION BY T.`id` ORDER BY T.`start`) AS `previous_start`
                FROM (
                  SELECT `id`, `_fivetran_start` AS `start`, {string.Join(", ", columns.Select((column, at) => $"IFNULL(TO_JSON_STRING({SqlNames.Quote(column)}), 'null') AS `c{at.ToString(CultureInfo.InvariantCulture)}`"))}
                  FROM {baseline}
                ) AS T
              ) AS V
              WHERE V.`previous_start` IS NOT NULL
            ) AS D
            GROUP BY `k`
            ORDER BY `found` DESC, `k`
            """;

        static string Differs(string at) => $"V.`c{at}` <> V.`p{at}`";
        string Each(string separator, Func<string, string> part) => string.Join(separator, places.Select(at => part(at.ToString(CultureInfo.InvariantCulture))));
    }

    private static string Modified((string Column, ColumnType Type)? modified) => modified switch
    {
        { Type: ColumnType.String or ColumnType.DateTime or ColumnType.Timestamp } column => $"SAFE_CAST({SqlNames.Quote(column.Column)} AS TIMESTAMP)",
        { Type: ColumnType.Int64 } column => $"TIMESTAMP_MILLIS({SqlNames.Quote(column.Column)})",
        _ => "CAST(NULL AS TIMESTAMP)",
    };
}
