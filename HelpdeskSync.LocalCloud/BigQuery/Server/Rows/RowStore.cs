using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>Puts rows into a table: all of them, or none.</summary>
internal sealed class RowStore(DuckDatabase database)
{
    private const string Incoming = "_incoming";

    /// <summary>Appends rows; <paramref name="truncate"/> removes what was there, in the same transaction.</summary>
    /// <returns>How many rows there were.</returns>
    public long Append(TableInfo table, IEnumerable<object?[]> rows, bool truncate)
    {
        using var session = database.Rent();
        session.Begin();
        if (truncate)
        {
            session.Execute($"DELETE FROM {table.Name.Quoted}");
        }

        var nested = table.Columns.Any(IsNested);
        if (nested)
        {
            session.Execute($"CREATE OR REPLACE TEMP TABLE {Incoming} ({string.Join(", ", table.Columns.Select((column, at) => $"c{at} {(IsNested(column) ? "VARCHAR" : column.Type.Duck)}"))})");
        }

        var count = 0L;
        using (var appender = nested ? session.Connection.CreateAppender("temp", "main", Incoming) : session.Connection.CreateAppender(null, table.Name.InDataset.Schema, table.Name.Table))
        {
            foreach (var row in rows)
            {
                count++;
                Append(appender.CreateRow(), row);
            }
        }

        if (nested)
        {
            // The appender knows no structs; DuckDB makes them of JSON.
            var values = table.Columns.Select((column, at) => IsNested(column) ? $"CAST(CAST(c{at} AS JSON) AS {column.Type.Duck})" : $"c{at}");
            session.Execute($"INSERT INTO {table.Name.Quoted} SELECT {string.Join(", ", values)} FROM temp.{Incoming}");
            session.Execute($"DROP TABLE temp.{Incoming}");
        }

        session.Commit();
        return count;
    }

    private static bool IsNested(SqlColumn column) => column.Type.IsArray || column.Type.Fields is not null;

    private static void Append(IDuckDBAppenderRow target, object?[] values)
    {
        foreach (var value in values)
        {
            _ = value switch
            {
                null => target.AppendNullValue(),
                string text => target.AppendValue(text),
                long number => target.AppendValue((long?)number),
                double number => target.AppendValue((double?)number),
                bool flag => target.AppendValue((bool?)flag),
                decimal number => target.AppendValue((decimal?)number),
                DateTime time => target.AppendValue((DateTime?)time),
                DateOnly day => target.AppendValue((DateOnly?)day),
                TimeOnly time => target.AppendValue((TimeOnly?)time),
                byte[] bytes => target.AppendValue(bytes),
                _ => throw new InvalidOperationException($"Rows hold no {value.GetType()}."),
            };
        }

        target.EndRow();
    }
}
