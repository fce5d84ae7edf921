using System.Globalization;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The statements that bring the old connector's versions into a history table.</summary>
/// <remarks>
/// A version is imported when it is closed, or begins before the app's own versions of its record do: then the app's first start ends the last
/// of them. Versions that were imported before do not count as the app's own and are not imported again, so every statement may be repeated.
/// </remarks>
internal static class AdoptImportSql
{
    /// <summary>What the hash of an imported version begins with: it equals no hash that the app makes.</summary>
    public const string HashPrefix = "adopted1:";

    /// <summary>Verdict on a version that is imported.</summary>
    public const string Import = "import";

    /// <summary>Verdict on an active version of a record that the app has not written yet.</summary>
    public const string LeftActive = "active";

    /// <summary>Stands for a history table that is not there yet.</summary>
    public const string NoHistory = "(SELECT CAST(NULL AS STRING) AS `id`, CAST(NULL AS TIMESTAMP) AS `_fivetran_start`, CAST(NULL AS STRING) AS `_row_hash` LIMIT 0)";

    /// <summary>What the other verdicts mean, in words for the report.</summary>
    public static string Meaning(string verdict) => verdict switch
    {
        LeftActive => "active, of records that are not here yet: the next full run brings them",
        "there" => "here already",
        "later" => "begin when this history had begun",
        "keyless" => "lack their id, start or active mark",
        "twice" => "have the same id and start as another",
        "endless" => "closed without an end",
        "backwards" => "end before they begin",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    /// <summary>One row a verdict: <c>verdict, found</c>.</summary>
    public static string Plan(string baseline, string history, HistoryConventions conventions) =>
        $"""
        -- What would become of the old versions. No pruning: both tables are read once, of their system columns only.
        SELECT J.`verdict`, COUNT(*) AS `found`
        FROM (
          {Judged(baseline, history, [], conventions)}
        ) AS J
        GROUP BY `verdict`
        ORDER BY `verdict`
        """;

    /// <summary>One row, one count a column: values to import that do not fit their column's type.</summary>
    public static string Misfits(string baseline, string history, IReadOnlyList<AdoptColumn> columns, HistoryConventions conventions) =>
        $"""
        -- Values that cannot be cast without loss. No pruning: the old table is read once, of the columns that need a cast.
        SELECT
          {string.Join(",\n  ", columns.Select((column, at) => $"COUNTIF({From(at)} IS NOT NULL AND NOT {column.CastOf(From(at)).Fits}) AS `c{Digits(at)}`"))}
        FROM (
          {Judged(baseline, history, columns, conventions)}
        ) AS J
        WHERE J.`verdict` = '{Import}'
        """;

    /// <summary>Imports. Values that do not fit go to their side column; where there is none, because they came after they were counted, it fails.</summary>
    public static string Insert(string baseline, string history, IReadOnlyList<AdoptColumn> columns, HistoryConventions conventions)
    {
        var values = columns.SelectMany((column, at) => ValuesOf(column, at)).ToList();
        var texts = columns.Select((_, at) => $"IFNULL(TO_JSON_STRING({From(at)}), 'null')").Prepend("TO_JSON_STRING(J.`id`)");
        return $"""
            -- Imports the old connector's versions, those that are here already left out. No pruning: the old table is read once, of ours the system columns.
            INSERT INTO {history} (
              {SqlNames.List(values.Select(value => value.Column).Prepend("id"))},
              `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash`
            )
            SELECT
              J.`id`,
              {string.Concat(values.Select(value => $"{value.Value},\n  "))}FALSE, J.`start`, J.`ended`, J.`synced`,
              CONCAT('{HashPrefix}', TO_HEX(SHA256(ARRAY_TO_STRING([{string.Join(", ", texts)}], ','))))
            FROM (
              {Judged(baseline, history, columns, conventions)}
            ) AS J
            WHERE J.`verdict` = '{Import}'
            """;
    }

    private static IEnumerable<(string Column, string Value)> ValuesOf(AdoptColumn column, int at)
    {
        var cast = column.CastOf(From(at));
        if (column is { Type: ColumnType.Foreign, Side: { } only })
        {
            yield return (only, AdoptCast.Text(From(at), column.Was));
        }
        else if (cast.AlwaysFits)
        {
            yield return (column.Target, cast.Value);
        }
        else if (column.Side is { } side)
        {
            yield return (column.Target, $"IF({cast.Fits}, {cast.Value}, NULL)");
            yield return (side, $"IF({cast.Fits}, NULL, {AdoptCast.Text(From(at), column.Was)})");
        }
        else
        {
            yield return (column.Target, $"IF({From(at)} IS NULL OR {cast.Fits}, {cast.Value}, ERROR('A value does not fit its column any more. Adopt again.'))");
        }
    }

    // The last of a record's old versions ends where the app's first begins. An end in the year 9999 says that there is none. The next start is one
    // that is later: of two rows with the same start, one is left out.
    private static string Judged(string baseline, string history, IReadOnlyList<AdoptColumn> columns, HistoryConventions conventions)
    {
        var next = conventions.SupersededEnd == SupersededEnd.NextStart ? "N.`next`" : "TIMESTAMP_SUB(N.`next`, INTERVAL 1 MILLISECOND)";
        var sources = string.Concat(columns.Select((column, at) => $", {SqlNames.Quote(column.Source)} AS `c{Digits(at)}`"));
        string KeptOf(string alias) => string.Concat(columns.Select((_, at) => $", {alias}.`c{Digits(at)}`"));
        return $"""
            SELECT E.`id`, E.`start`, E.`ended`, E.`synced`{KeptOf("E")},
                CASE
                  WHEN E.`id` IS NULL OR E.`start` IS NULL OR E.`active` IS NULL THEN 'keyless'
                  WHEN E.`nth` > 1 THEN 'twice'
                  WHEN E.`there` THEN 'there'
                  WHEN E.`start` >= E.`own_start` THEN 'later'
                  WHEN E.`active` AND E.`next` IS NULL THEN '{LeftActive}'
                  WHEN E.`ended` IS NULL THEN 'endless'
                  WHEN E.`ended` < E.`start` THEN 'backwards'
                  ELSE '{Import}'
                END AS `verdict`
              FROM (
                SELECT N.`id`, N.`active`, N.`start`, N.`synced`, N.`nth`, N.`own_start`, N.`there`, N.`next`{KeptOf("N")},
                  IF(N.`active` OR N.`end` IS NULL OR N.`end` >= TIMESTAMP_SUB(N.`next`, INTERVAL 1 MILLISECOND), {next}, N.`end`) AS `ended`
                FROM (
                  SELECT B.`id`, B.`active`, B.`start`, B.`synced`, B.`end`, B.`nth`{KeptOf("B")}, O.`own_start`, P.`id` IS NOT NULL AS `there`,
                    IF(O.`own_start` IS NULL OR B.`next_start` < O.`own_start`, B.`next_start`, O.`own_start`) AS `next`
                  FROM (
                    SELECT CAST(`id` AS STRING) AS `id`, `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_synced` AS `synced`,
                      IF(`_fivetran_end` < TIMESTAMP '9999-01-01 00:00:00+00', `_fivetran_end`, NULL) AS `end`,
                      MIN(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY UNIX_MICROS(`_fivetran_start`) RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS `next_start`,
                      ROW_NUMBER() OVER (PARTITION BY `id`, `_fivetran_start` ORDER BY `_fivetran_synced` DESC) AS `nth`{sources}
                    FROM {baseline}
                  ) AS B
                  LEFT JOIN (
                    SELECT `id`, MIN(IF(IFNULL(`_row_hash` LIKE '{HashPrefix}%', FALSE), NULL, `_fivetran_start`)) AS `own_start`
                    FROM {history}
                    GROUP BY `id`
                  ) AS O ON O.`id` = B.`id`
                  LEFT JOIN (
                    SELECT DISTINCT `id`, `_fivetran_start` AS `start` FROM {history}
                  ) AS P ON P.`id` = B.`id` AND P.`start` = B.`start`
                ) AS N
              ) AS E
            """;
    }

    private static string From(int at) => $"J.`c{Digits(at)}`";

    private static string Digits(int at) => at.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A column of the old table and the one of ours that takes its values.</summary>
/// <param name="Source">Its name there.</param>
/// <param name="Was">Its type there.</param>
/// <param name="Target">Its name here.</param>
/// <param name="Type">Its type here.</param>
/// <param name="Side">The column that takes values which do not fit; null where all do.</param>
internal sealed record AdoptColumn(string Source, ColumnType Was, string Target, ColumnType Type, string? Side = null)
{
    /// <summary>How the old values come into ours.</summary>
    public AdoptCast CastOf(string from) => AdoptCast.Of(from, Was, Type);
}
