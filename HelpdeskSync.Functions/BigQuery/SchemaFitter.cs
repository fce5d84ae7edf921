using System.Collections.Immutable;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Brings a table's columns and a batch's fields together before the statement is built.</summary>
public sealed class SchemaFitter(HistoryTables tables)
{
    /// <summary>Adds and widens what the rows need, and returns the table's columns as they are then.</summary>
    /// <remarks>Two writers may meet a new field at once: the DDL tolerates a column that is there by now, and the columns are read again after it.</remarks>
    public async Task<ImmutableDictionary<string, ColumnType>> FitAsync(string table, IReadOnlyList<HistoryRow> rows, CancellationToken cancellationToken)
    {
        var columns = await tables.ColumnsAsync(table, cancellationToken);
        while (true)
        {
            var (added, widened) = Needed(rows, columns);
            if (added.Count == 0 && widened.Count == 0)
            {
                return columns;
            }

            columns = await tables.ChangeAsync(table, added, widened, cancellationToken);
        }
    }

    /// <summary>The column that takes a field: its own, or the side column of its type.</summary>
    public static Column ColumnOf(FlatField field, ImmutableDictionary<string, ColumnType> columns)
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
        IReadOnlyList<HistoryRow> rows, ImmutableDictionary<string, ColumnType> columns)
    {
        var added = new Dictionary<string, (string Name, ColumnType? Type)>(StringComparer.OrdinalIgnoreCase);
        var widened = new Dictionary<string, (Column Column, ColumnType From)>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in rows.SelectMany(row => row.Fields))
        {
            if (!columns.TryGetValue(field.Name, out var type))
            {
                // A null says nothing of its type: the first value that does decides, text if there is none.
                if (added.TryGetValue(field.Name, out var pending) ? pending.Type is null && field.Type is not null : true)
                {
                    added[field.Name] = (field.Name, field.Type);
                }

                continue;
            }

            if (ColumnFit.Fits(field, type))
            {
                continue;
            }

            if (ColumnFit.Widened(field, type) is { } wider)
            {
                widened[field.Name] = (new(field.Name, wider), type);
            }
            else if (ColumnFit.SideColumn(field) is var side && !columns.ContainsKey(side))
            {
                added[side] = (side, field.Type);
            }
        }

        return ([.. added.Values.Select(column => new Column(column.Name, column.Type ?? ColumnType.String))], [.. widened.Values]);
    }
}
