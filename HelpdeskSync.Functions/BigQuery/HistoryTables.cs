using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What this process knows of the history tables' columns, and the way to give them more.</summary>
public sealed class HistoryTables(Warehouse warehouse, SqlNames names, SchemaChanges changes)
{
    private readonly ConcurrentDictionary<string, FrozenDictionary<string, ColumnType>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The table's columns by name; nobody counts the cost of making it.</summary>
    public Task<FrozenDictionary<string, ColumnType>> ColumnsAsync(string table, CancellationToken cancellationToken) => ColumnsAsync(table, null, cancellationToken);

    /// <summary>The table's columns by name (case-insensitive, as in BigQuery). Makes dataset and table where they are absent.</summary>
    /// <param name="table">A history table, unquoted: <c>tickets_history</c>.</param>
    /// <param name="spending">Where the cost of making it is added; null where nobody counts.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task<FrozenDictionary<string, ColumnType>> ColumnsAsync(string table, Spending? spending, CancellationToken cancellationToken) =>
        _known.TryGetValue(table, out var known) ? known : await ReadAsync(table, spending, cancellationToken);

    /// <summary>Asks BigQuery again for a table's columns, and tells whether they are others than were known: someone else changed them.</summary>
    public async Task<bool> HasChangedAsync(string table, Spending spending, CancellationToken cancellationToken)
    {
        var before = await ColumnsAsync(table, spending, cancellationToken);
        var now = await ReadAsync(table, spending, cancellationToken);
        return before.Count != now.Count || before.Any(column => !now.TryGetValue(column.Key, out var type) || type != column.Value);
    }

    /// <summary>
    /// Adds columns and widens others, notes in <c>_sync_schema_changes</c> what came of it, and returns the columns as they are then. What
    /// another writer did meanwhile is left as it is.
    /// </summary>
    public async Task<FrozenDictionary<string, ColumnType>> ChangeAsync(
        string table, IReadOnlyList<Column> added, IReadOnlyList<(Column Column, ColumnType From)> widened, Spending spending,
        CancellationToken cancellationToken)
    {
        if (added.Count > 0)
        {
            await warehouse.ExecuteAsync("add_columns", TableSql.AddColumns(names.Table(table), added), [], spending, cancellationToken);
        }

        foreach (var (column, from) in widened)
        {
            await WidenAsync(table, column, from, spending, cancellationToken);
        }

        var columns = await ReadAsync(table, spending, cancellationToken);
        var done = added.Select(column => (Column: column, From: (ColumnType?)null)).Concat(widened.Select(change => (change.Column, From: (ColumnType?)change.From)))
            .Where(change => columns.TryGetValue(change.Column.Name, out var type) && type == change.Column.Type).ToList();
        await changes.NoteAsync(table, done, spending, cancellationToken);
        return columns;
    }

    private async Task WidenAsync(string table, Column column, ColumnType from, Spending spending, CancellationToken cancellationToken)
    {
        try
        {
            await warehouse.ExecuteAsync("widen_column", TableSql.Widen(names.Table(table), column), [], spending, cancellationToken);
        }
        catch (WarehouseException refused) when (refused.MayBeOfTheRows)
        {
            var columns = await ReadAsync(table, spending, cancellationToken);
            if (columns.TryGetValue(column.Name, out var type) && type == from)
            {
                throw;
            }
        }
    }

    private async Task<FrozenDictionary<string, ColumnType>> ReadAsync(string table, Spending? spending, CancellationToken cancellationToken)
    {
        var schema = await warehouse.FindSchemaAsync(table, cancellationToken);
        if (schema is null)
        {
            await warehouse.EnsureDatasetAsync(cancellationToken);
            await warehouse.ExecuteAsync("create_history", TableSql.CreateHistory(names.Table(table)), [], spending, cancellationToken);
            schema = await FindAsync(table, cancellationToken);
        }

        var columns = TypesOf(schema);
        var lacking = SystemColumns.All.Where(column => !columns.ContainsKey(column.Name)).ToList();
        if (lacking.Count > 0)
        {
            // An adopted table: its connector kept no hash, and perhaps no history.
            await warehouse.ExecuteAsync("add_columns", TableSql.AddColumns(names.Table(table), lacking), [], spending, cancellationToken);
            columns = TypesOf(await FindAsync(table, cancellationToken));
        }

        CheckOwnColumns(table, columns);
        return _known[table] = columns;
    }

    private async Task<TableSchema> FindAsync(string table, CancellationToken cancellationToken) =>
        await warehouse.FindSchemaAsync(table, cancellationToken)
        ?? throw new WarehouseException($"Table '{table}' was made and is not there. Check the dataset's permissions.", JobFailureKind.Final);

    private static FrozenDictionary<string, ColumnType> TypesOf(TableSchema schema) =>
        schema.Fields!.ToFrozenDictionary(field => field.Name!, ColumnTypes.FromRest, StringComparer.OrdinalIgnoreCase);

    private static void CheckOwnColumns(string table, FrozenDictionary<string, ColumnType> columns)
    {
        foreach (var own in SystemColumns.All.Prepend(new Column("id", ColumnType.String)))
        {
            if (!columns.TryGetValue(own.Name, out var type) || type != own.Type)
            {
                throw new WarehouseException(
                    $"Column '{own.Name}' of table '{table}' must be {ColumnTypes.Sql(own.Type)}"
                        + (columns.ContainsKey(own.Name) ? $", not {type}." : ", and is absent.")
                        + " Convert the table, or give HelpdeskSync a dataset of its own (BigQuery:Dataset).",
                    JobFailureKind.Final, "schema");
            }
        }
    }
}
