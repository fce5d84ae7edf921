using System.Collections.Frozen;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Brings a table's columns and a batch's fields together before the statement is built.</summary>
public sealed class SchemaFitter(HistoryTables tables, IOptions<HistoryOptions> options)
{
    // A new column, its widening, a side column: more rounds than that mean that the table does not take what it is told.
    private const int MostRounds = 8;

    /// <summary>Adds and widens what the rows need, and returns the table's columns as they are then.</summary>
    /// <remarks>Two writers may meet a new field at once: the DDL tolerates a column that is there by now, and the columns are read again after it.</remarks>
    /// <exception cref="WarehouseException">BigQuery refused, or the columns that were added are not there.</exception>
    public async Task<FrozenDictionary<string, ColumnType>> FitAsync(
        Entity entity, IReadOnlyList<HistoryRow> rows, Spending spending, CancellationToken cancellationToken)
    {
        var given = options.Value.TypesOf(entity.Table);
        var columns = await tables.ColumnsAsync(entity.HistoryTable, spending, cancellationToken);
        for (var round = 0; round < MostRounds; round++)
        {
            var (added, widened) = Needed(rows, columns, given);
            if (added.Count == 0 && widened.Count == 0)
            {
                return columns;
            }

            columns = await tables.ChangeAsync(entity.HistoryTable, added, widened, spending, cancellationToken);
        }

        throw new WarehouseException(
            $"Table '{entity.HistoryTable}' does not come to the columns it needs. Look at _sync_schema_changes, and whether something else changes the table.",
            JobFailureKind.Final);
    }

    /// <summary>The column that takes a field: its own, or the side column of its type.</summary>
    public static Column ColumnOf(FlatField field, FrozenDictionary<string, ColumnType> columns)
    {
        var type = columns[field.Name];
        if (ColumnFit.Fits(field, type))
        {
            return new(field.Name, type);
        }

        var side = ColumnFit.SideColumn(field);
        return new(side, columns[side]);
    }

    private static (List<Column> Added, List<(Column Column, ColumnType From)> Widened) Needed(
        IReadOnlyList<HistoryRow> rows, FrozenDictionary<string, ColumnType> columns, IReadOnlyDictionary<string, ColumnType> given)
    {
        var added = new Dictionary<string, (string Name, ColumnType? Type)>(StringComparer.OrdinalIgnoreCase);
        var widened = new Dictionary<string, (Column Column, ColumnType From)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            foreach (var field in row.Fields)
            {
                if (!columns.TryGetValue(field.Name, out var type))
                {
                    Add(field, given, added);
                }
                else if (!ColumnFit.Fits(field, type))
                {
                    WidenOrStepAside(field, type, columns, added, widened);
                }
            }
        }

        return ([.. added.Values.Select(column => new Column(column.Name, column.Type ?? ColumnType.String))], [.. widened.Values]);
    }

    private static void Add(FlatField field, IReadOnlyDictionary<string, ColumnType> given, Dictionary<string, (string Name, ColumnType? Type)> added)
    {
        // A null says nothing of its type: the first value that does decides, and a wider one after it; text if there is none.
        var type = given.TryGetValue(field.Name, out var configured) ? configured : field.Type;
        if (!added.TryGetValue(field.Name, out var pending))
        {
            added[field.Name] = (field.Name, type);
        }
        else if (type is { } known)
        {
            added[field.Name] = (pending.Name, pending.Type is { } before ? ColumnFit.Wider(before, known) : known);
        }
    }

    private static void WidenOrStepAside(
        FlatField field, ColumnType type, FrozenDictionary<string, ColumnType> columns,
        Dictionary<string, (string Name, ColumnType? Type)> added, Dictionary<string, (Column Column, ColumnType From)> widened)
    {
        if (ColumnFit.Widened(field, type) is { } wider)
        {
            widened[field.Name] = (new(field.Name, wider), type);
        }
        else if (ColumnFit.SideColumn(field) is var side && !columns.ContainsKey(side))
        {
            added[side] = (side, field.Type);
        }
    }
}
