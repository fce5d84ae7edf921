using System.Collections.Concurrent;
using System.Collections.Immutable;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What this process knows of the history tables' columns, and the way to give them more.</summary>
public sealed class HistoryTables(Warehouse warehouse, SqlNames names, SchemaChanges changes)
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, ColumnType>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The table's columns by name (case-insensitive, as in BigQuery). Makes dataset and table where they are absent.</summary>
    /// <param name="table">A history table, unquoted: <c>tickets_history</c>.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task<ImmutableDictionary<string, ColumnType>> ColumnsAsync(string table, CancellationToken cancellationToken) =>
        _known.TryGetValue(table, out var known) ? known : await ReadAsync(table, cancellationToken);

    /// <summary>Forgets what is known of a table, so that the next look asks BigQuery: another writer may have changed it.</summary>
    public void Forget(string table) => _known.TryRemove(table, out _);

    /// <summary>Adds columns and widens others, notes each change in <c>_sync_schema_changes</c>, and returns the columns as they are then.</summary>
    public async Task<ImmutableDictionary<string, ColumnType>> ChangeAsync(
        string table, IReadOnlyList<Column> added, IReadOnlyList<(Column Column, ColumnType From)> widened, CancellationToken cancellationToken)
    {
        if (added.Count > 0)
        {
            await warehouse.ExecuteAsync("add_columns", TableSql.AddColumns(names.Table(table), added), [], null, cancellationToken);
        }

        foreach (var (column, _) in widened)
        {
            await warehouse.ExecuteAsync("widen_column", TableSql.Widen(names.Table(table), column), [], null, cancellationToken);
        }

        await changes.NoteAsync(table, added, widened, cancellationToken);
        return await ReadAsync(table, cancellationToken);
    }

    private async Task<ImmutableDictionary<string, ColumnType>> ReadAsync(string table, CancellationToken cancellationToken)
    {
        var schema = await warehouse.FindSchemaAsync(table, cancellationToken);
        if (schema is null)
        {
            await warehouse.EnsureDatasetAsync(cancellationToken);
            await warehouse.ExecuteAsync("create_history", TableSql.CreateHistory(names.Table(table)), [], null, cancellationToken);
            schema = await warehouse.FindSchemaAsync(table, cancellationToken)
                ?? throw new WarehouseException($"Table '{table}' was made and is not there. Check the dataset's permissions.", JobFailureKind.Final);
        }

        var columns = schema.Fields!.ToImmutableDictionary(
            field => field.Name!, field => ColumnTypes.FromRest(field.Type!) ?? ColumnType.String, StringComparer.OrdinalIgnoreCase);
        return _known[table] = columns;
    }
}
