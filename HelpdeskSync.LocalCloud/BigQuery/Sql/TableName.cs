namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>A table's full name; DuckDB keeps it in a schema named by project and dataset.</summary>
internal readonly record struct TableName(string Project, string Dataset, string Table)
{
    public DatasetName InDataset => new(Project, Dataset);

    public string Quoted => $"{InDataset.Quoted}.{SqlText.Name(Table)}";

    public override string ToString() => $"{Project}:{Dataset}.{Table}";
}

/// <summary>A dataset's full name.</summary>
internal readonly record struct DatasetName(string Project, string Dataset)
{
    public string Schema => $"{Project}:{Dataset}";

    public string Quoted => SqlText.Name(Schema);

    public TableName Table(string table) => new(Project, Dataset, table);

    public override string ToString() => Schema;
}

/// <summary>Names and texts as DuckDB wants them quoted.</summary>
internal static class SqlText
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
