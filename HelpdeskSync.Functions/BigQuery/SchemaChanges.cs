using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The audit of columns added and widened: table <c>_sync_schema_changes</c>.</summary>
public sealed class SchemaChanges(Warehouse warehouse, SqlNames names, OwnTables own, TimeProvider time)
{
    /// <summary>Writes a row a change: table, column, the type before (null for a new column) and after.</summary>
    public async Task NoteAsync(
        string table, IReadOnlyList<Column> added, IReadOnlyList<(Column Column, ColumnType From)> widened, CancellationToken cancellationToken)
    {
        var rows = added.Select(column => (column.Name, From: (string?)null, To: ColumnTypes.Sql(column.Type)))
            .Concat(widened.Select(change => (change.Column.Name, From: (string?)ColumnTypes.Sql(change.From), To: ColumnTypes.Sql(change.Column.Type))))
            .ToList();
        if (rows.Count == 0)
        {
            return;
        }

        await own.EnsureAsync(cancellationToken);
        var json = System.Text.Json.JsonSerializer.Serialize(rows.Select(row => new { column = row.Name, from = row.From, to = row.To }));
        await warehouse.ExecuteAsync(
            "note_schema",
            $"""
            INSERT INTO {names.Own("schema_changes")} (`table_name`, `column_name`, `type_before`, `type_after`, `changed_at`)
            SELECT @table, JSON_VALUE(r, '$.column'), JSON_VALUE(r, '$.from'), JSON_VALUE(r, '$.to'), @now
            FROM UNNEST(JSON_QUERY_ARRAY(@changes)) AS r
            """,
            [
                new("table", BigQueryDbType.String, table),
                new("changes", BigQueryDbType.String, json),
                new("now", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
            ],
            null,
            cancellationToken);
    }
}
