using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>INFORMATION_SCHEMA.TABLES and .COLUMNS of a dataset, as subqueries over literal rows.</summary>
internal static class CatalogViews
{
    public static string Select(Catalog catalog, CatalogView view)
    {
        if (view.Dataset.Length == 0)
        {
            throw BigQueryFault.Unsupported($"{view.View} of a whole project; name a dataset");
        }

        var tables = catalog.Tables(catalog.Dataset(new(view.Project, view.Dataset)).Name);
        return view.View.ToUpperInvariant() switch
        {
            "TABLES" => Rows(
                "table_catalog, table_schema, table_name, table_type", tables.Select(table => string.Join(", ", Place(table.Name).Append("'BASE TABLE'")))),
            "COLUMNS" => Rows(
                "table_catalog, table_schema, table_name, column_name, ordinal_position, is_nullable, data_type",
                tables.SelectMany(table => table.Columns.Select((column, at) => string.Join(", ", Place(table.Name).Concat(
                    [SqlText.Literal(column.Name), $"CAST({at + 1} AS BIGINT)", column.Required ? "'NO'" : "'YES'", SqlText.Literal(column.Type.Sql)]))))),
            _ => throw BigQueryFault.Unsupported($"the view INFORMATION_SCHEMA.{view.View}"),
        };
    }

    private static IEnumerable<string> Place(TableName name) => [SqlText.Literal(name.Project), SqlText.Literal(name.Dataset), SqlText.Literal(name.Table)];

    private static string Rows(string columns, IEnumerable<string> rows)
    {
        var values = rows.Select(row => $"({row})").ToList();
        return values.Count > 0
            ? $"(SELECT * FROM (VALUES {string.Join(", ", values)}) AS v({columns}))"
            : $"(SELECT {string.Join(", ", columns.Split(", ").Select(column => $"CAST(NULL AS VARCHAR) AS {column}"))} WHERE FALSE)";
    }
}
