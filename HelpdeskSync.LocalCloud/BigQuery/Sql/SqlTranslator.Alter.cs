namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private SqlStatement Drop()
    {
        Take("DROP");
        if (TryTake("SCHEMA"))
        {
            var skip = TryTake("IF", "EXISTS");
            var dataset = Dataset(TakePath());
            var cascade = TryTake("CASCADE");
            _ = cascade || TryTake("RESTRICT");
            return new SqlDropSchema(dataset, skip, cascade);
        }

        if (!TryTake("TABLE"))
        {
            throw BigQueryFault.Unsupported($"DROP {Current.Value.ToUpperInvariant()}");
        }

        var ifExists = TryTake("IF", "EXISTS");
        return new SqlDropTable(Table(TakePath()), ifExists);
    }

    private SqlAlterTable Alter()
    {
        Take("ALTER");
        if (!TryTake("TABLE"))
        {
            throw BigQueryFault.Unsupported($"ALTER {Current.Value.ToUpperInvariant()}");
        }

        var ifExists = TryTake("IF", "EXISTS");
        var target = Table(TakePath());
        var alterations = new List<SqlAlteration>();
        do
        {
            alterations.Add(Alteration());
        }
        while (TryTakeSymbol(","));
        return new(target, ifExists, alterations);
    }

    private SqlAlteration Alteration()
    {
        if (TryTake("ADD", "COLUMN"))
        {
            var skip = TryTake("IF", "NOT", "EXISTS");
            var column = Column();
            return column.Required
                ? throw BigQueryFault.InvalidQuery($"Column {column.Name} cannot be added as REQUIRED to an existing table")
                : new SqlAddColumn(column, skip);
        }

        if (TryTake("DROP", "COLUMN"))
        {
            var skip = TryTake("IF", "EXISTS");
            return new SqlDropColumn(TakeName(), skip);
        }

        if (TryTake("RENAME", "COLUMN"))
        {
            var name = TakeName();
            Take("TO");
            return new SqlRenameColumn(name, TakeName());
        }

        if (TryTake("RENAME", "TO"))
        {
            return new SqlRenameTable(TakeName());
        }

        if (TryTake("SET", "OPTIONS"))
        {
            return new SqlSetOptions(Options());
        }

        Take("ALTER", "COLUMN");
        return AlterColumn(TakeName());
    }

    private SqlAlteration AlterColumn(string name)
    {
        if (TryTake("SET", "DATA", "TYPE"))
        {
            return new SqlSetType(name, Type());
        }

        if (TryTake("DROP", "NOT", "NULL"))
        {
            return new SqlDropNotNull(name);
        }

        throw BigQueryFault.Unsupported($"ALTER COLUMN {Current.Value.ToUpperInvariant()} {Ahead(1).Value.ToUpperInvariant()}");
    }

    private DatasetName Dataset(List<string> path) => path.Count switch
    {
        1 => new(context.Project, path[0]),
        2 => new(path[0], path[1]),
        _ => throw BigQueryFault.Invalid($"Invalid dataset name \"{string.Join('.', path)}\""),
    };
}
