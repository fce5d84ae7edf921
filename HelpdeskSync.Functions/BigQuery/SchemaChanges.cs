using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The audit of columns added and widened: table <c>_sync_schema_changes</c>.</summary>
public sealed class SchemaChanges(Warehouse warehouse, SqlNames names, OwnTables own, TimeProvider time)
{
    /// <summary>Writes a row a change: table, column, the type before (null for a new column) and after. A change that stands already is not repeated.</summary>
    internal async Task NoteAsync(
        string table, IReadOnlyList<(Column Column, ColumnType? From)> done, Spending spending, CancellationToken cancellationToken)
    {
        if (done.Count == 0)
        {
            return;
        }

        await own.EnsureAsync(cancellationToken);
        var rows = done.Select(change => new
        {
            column = change.Column.Name,
            from = change.From is { } from ? ColumnTypes.Sql(from) : null,
            to = ColumnTypes.Sql(change.Column.Type),
        });
        await warehouse.ExecuteAsync(
            "note_schema",
            SchemaChangesSql.Note(names.Own("schema_changes")),
            [
                new("table", BigQueryDbType.String, table),
                new("changes", BigQueryDbType.String, JsonSerializer.Serialize(rows)),
                new("now", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
            ],
            spending,
            cancellationToken);
    }
}

/// <summary>The statement that notes changes of columns.</summary>
internal static class SchemaChangesSql
{
    /// <summary>Adds the changes of <c>@changes</c> that do not stand there yet. Two writers that changed a column at once note it once.</summary>
    public static string Note(string changes) =>
        $"""
        -- Notes changes of columns. Reads the whole of a table that holds a row a column: nothing to prune.
        MERGE {changes} AS T
        USING (
          SELECT JSON_VALUE(r, '$.column') AS `column_name`, JSON_VALUE(r, '$.from') AS `type_before`, JSON_VALUE(r, '$.to') AS `type_after`
          FROM UNNEST(JSON_QUERY_ARRAY(@changes)) AS r
        ) AS S
        ON T.`table_name` = @table AND T.`column_name` = S.`column_name` AND T.`type_after` = S.`type_after`
          AND IFNULL(T.`type_before`, '') = IFNULL(S.`type_before`, '')
        WHEN NOT MATCHED BY TARGET THEN
          INSERT (`table_name`, `column_name`, `type_before`, `type_after`, `changed_at`)
          VALUES (@table, S.`column_name`, S.`type_before`, S.`type_after`, @now)
        """;
}
