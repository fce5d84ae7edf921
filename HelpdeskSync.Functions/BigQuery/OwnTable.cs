using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>One of the app's own tables, as this version of the app needs it.</summary>
/// <param name="Name">Its name without the prefix: <c>state</c> is the table <c>_sync_state</c>.</param>
/// <param name="Keys">Columns that no row lacks.</param>
/// <param name="Others">Columns that may be NULL. A new version of the app may add some here: tables of older ones get them at its first start.</param>
/// <param name="Layout">How the table is partitioned and clustered; empty where it is small.</param>
internal sealed record OwnTable(string Name, IReadOnlyList<Column> Keys, IReadOnlyList<Column> Others, string Layout = "")
{
    private const ColumnType Text = ColumnType.String;
    private const ColumnType Number = ColumnType.Int64;
    private const ColumnType Moment = ColumnType.Timestamp;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OwnTable> All { get; } =
    [
        new("state", Columns(Text, "name"), [.. Columns(Text, "value"), .. Columns(Moment, "updated_at")]),
        new("runs", Columns(Text, "run", "table_name"),
            [
                .. Columns(Text, "mode"), .. Columns(Moment, "started_at", "ended_at", "window_from", "window_to"),
                .. Columns(Number, "listed", "fetched", "inserted", "closed", "unchanged", "stale", "failed", "left_for_approval", "bytes_billed", "statements", "api_calls"),
                .. Columns(Text, "outcome", "detail"),
            ]),
        new("failures", Columns(Text, "table_name", "id"),
            [.. Columns(Text, "parent_id", "reason", "run"), .. Columns(Number, "attempts"), .. Columns(Moment, "first_failed_at", "last_failed_at")]),
        new("comparisons", Columns(Text, "run", "table_name"),
            [.. Columns(Text, "baseline"), .. Columns(Moment, "compared_at"), .. Columns(ColumnType.Bool, "pass"), .. Columns(Text, "report")]),
        new("schema_changes", Columns(Text, "table_name", "column_name"), [.. Columns(Text, "type_before", "type_after"), .. Columns(Moment, "changed_at")]),

        // Days are partitions, so that a question about the last week reads a week, and dropping old days is free.
        new("measures", [.. Columns(Moment, "minute"), .. Columns(Text, "table_name", "measure"), .. Columns(Number, "bucket", "value")], [],
            "\nPARTITION BY DATE(`minute`)\nCLUSTER BY `measure`, `table_name`"),
    ];

    /// <summary>DDL that makes the table where it is absent.</summary>
    /// <param name="quoted">Its full name, quoted.</param>
    public string CreateSql(string quoted)
    {
        var columns = Keys.Select(column => $"{Declared(column)} NOT NULL").Concat(Others.Select(Declared));
        return $"""
            -- Makes a table of the app's own. Reads no table.
            CREATE TABLE IF NOT EXISTS {quoted} (
              {string.Join(",\n  ", columns)}
            ){Layout}
            """;
    }

    /// <summary>DDL that gives a table of an older version of the app its new columns, all in one statement; null where it has them all.</summary>
    /// <param name="quoted">Its full name, quoted.</param>
    /// <param name="present">The columns that it has. Their names' case does not matter, as in BigQuery.</param>
    public string? ExtendSql(string quoted, IEnumerable<string> present)
    {
        var lacking = Keys.Concat(Others).ExceptBy(present, column => column.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return lacking.Count == 0 ? null : TableSql.AddColumns(quoted, lacking);
    }

    private static Column[] Columns(ColumnType type, params string[] names) => [.. names.Select(name => new Column(name, type))];

    private static string Declared(Column column) => $"{SqlNames.Quote(column.Name)} {ColumnTypes.Sql(column.Type)}";
}
