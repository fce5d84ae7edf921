using System.Collections.Concurrent;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>
/// How large columns are: BigQuery's sizes for fixed types (cloud.google.com/bigquery/docs/reference/standard-sql/data-types#data_type_sizes), and a
/// sample's average for the others, taken again when the table has grown by half or its columns changed.
/// </summary>
internal sealed class TableSizes(DuckDatabase database)
{
    private const int Sample = 1000;
    private readonly ConcurrentDictionary<TableName, Measured> measured = new();

    /// <summary>Bytes of all columns.</summary>
    public long Bytes(TableInfo table, long rows) => Bytes(table, rows, _ => true);

    /// <summary>Bytes of the columns that are wanted.</summary>
    public long Bytes(TableInfo table, long rows, Func<string, bool> wanted)
    {
        if (rows == 0)
        {
            return 0;
        }

        var known = measured.TryGetValue(table.Name, out var found) && found.Modified == table.Modified && rows <= found.Rows * 3 / 2 && rows >= found.Rows / 2
            ? found
            : measured[table.Name] = Measure(table, rows);
        return (long)(rows * table.Columns.Where(column => wanted(column.Name)).Sum(column => known.Averages.GetValueOrDefault(column.Name)));
    }

    private Measured Measure(TableInfo table, long rows)
    {
        using var session = database.Rent();
        var sizes = table.Columns.Select(column => $"avg({Size(column)})");
        var averages = session.Read($"SELECT {string.Join(", ", sizes)} FROM (SELECT * FROM {table.Name.Quoted} LIMIT {Sample})").Select(DuckSession.Values).Single();
        return new(table.Modified, rows, table.Columns.Zip(averages).ToDictionary(column => column.First.Name, column => column.Second is double average ? average : 0, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>DuckDB's text of a value's size; NULL takes nothing.</summary>
    private static string Size(SqlColumn column)
    {
        var name = SqlText.Name(column.Name);
        var size = column.Type.Name switch
        {
            "BOOL" => "1",
            "NUMERIC" => "16",
            "BIGNUMERIC" => "32",
            "STRING" => $"2 + strlen({name})",
            "BYTES" => $"2 + octet_length({name})",
            "JSON" or "ARRAY" or "STRUCT" => $"strlen(CAST({name} AS VARCHAR))",
            _ => "8",
        };
        return $"CASE WHEN {name} IS NULL THEN 0 ELSE {size} END";
    }

    private sealed record Measured(long Modified, long Rows, Dictionary<string, double> Averages);
}
