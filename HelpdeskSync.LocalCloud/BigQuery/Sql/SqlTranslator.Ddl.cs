namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private SqlStatement Create()
    {
        Take("CREATE");
        var replace = TryTake("OR", "REPLACE");
        if (TryTake("SCHEMA"))
        {
            var skip = TryTake("IF", "NOT", "EXISTS");
            var dataset = Dataset(TakePath());
            _ = TryTake("OPTIONS") ? Options() : null;
            return new SqlCreateSchema(dataset, skip);
        }

        if (!TryTake("TABLE"))
        {
            throw BigQueryFault.Unsupported($"CREATE {Current.Value.ToUpperInvariant()}");
        }

        return CreateTable(replace);
    }

    private SqlCreateTable CreateTable(bool replace)
    {
        var ifNotExists = TryTake("IF", "NOT", "EXISTS");
        var target = Table(TakePath());
        List<SqlColumn> columns = Current.IsSymbol("(") ? Columns() : [];
        if (IsNext("LIKE") || IsNext("COPY") || IsNext("CLONE"))
        {
            throw BigQueryFault.Unsupported($"CREATE TABLE {Current.Value.ToUpperInvariant()}");
        }

        var partition = TryTake("PARTITION", "BY") ? Partitioning() : null;
        var cluster = new List<string>();
        if (TryTake("CLUSTER", "BY"))
        {
            do
            {
                cluster.Add(TakeName());
            }
            while (TryTakeSymbol(","));
        }

        var options = TryTake("OPTIONS") ? Options() : new();
        var select = TryTake("AS") ? Fragment(() => Query(outermost: true)) : null;
        if (columns.Count == 0 && select is null)
        {
            throw BigQueryFault.InvalidQuery("No column definitions in CREATE TABLE");
        }

        return new(target, columns, select) { IfNotExists = ifNotExists, OrReplace = replace, ClusterBy = cluster, PartitionBy = partition, Options = options };
    }

    private List<SqlColumn> Columns()
    {
        TakeSymbol("(");
        var columns = new List<SqlColumn>();
        do
        {
            columns.Add(Column());
        }
        while (TryTakeSymbol(",") && !Current.IsSymbol(")"));
        TakeSymbol(")");
        return columns;
    }

    private SqlColumn Column()
    {
        if (IsNext("PRIMARY", "KEY") || IsNext("CONSTRAINT") || IsNext("FOREIGN", "KEY"))
        {
            throw BigQueryFault.Unsupported("table constraints");
        }

        var column = new SqlColumn(TakeName(), Type());
        while (!Current.IsSymbol(",") && !AtQueryEnd)
        {
            if (TryTake("NOT", "NULL"))
            {
                column = column with { Required = true };
            }
            else if (TryTake("OPTIONS"))
            {
                column = column with { Description = Options().Description };
            }
            else
            {
                throw BigQueryFault.Unsupported($"{Current.Value.ToUpperInvariant()} in the definition of column {column.Name}");
            }
        }

        return column;
    }

    private SqlPartitioning Partitioning()
    {
        if (IsNext("RANGE_BUCKET"))
        {
            throw BigQueryFault.Unsupported("partitioning by range");
        }

        if (!Ahead(1).IsSymbol("("))
        {
            var column = TakeName();
            return new("DAY", column.Equals("_PARTITIONDATE", StringComparison.OrdinalIgnoreCase) ? null : column);
        }

        var function = TakeName().ToUpperInvariant();
        TakeSymbol("(");
        var field = TakeName();
        var part = TryTakeSymbol(",") ? TakeName().ToUpperInvariant() : "DAY";
        TakeSymbol(")");
        return function is "DATE" or "TIMESTAMP_TRUNC" or "DATETIME_TRUNC" or "DATE_TRUNC"
            ? new(part, field)
            : throw BigQueryFault.Unsupported($"PARTITION BY {function}");
    }

    private SqlTableOptions Options()
    {
        TakeSymbol("(");
        var options = new SqlTableOptions();
        while (!TryTakeSymbol(")"))
        {
            var name = TakeName().ToLowerInvariant();
            TakeSymbol("=");
            options = name switch
            {
                "expiration_timestamp" => options with { Expiration = Fragment(OptionValue) },
                "description" => options with { Description = OptionText(name) },
                "friendly_name" => options with { FriendlyName = OptionText(name) },
                "labels" => options with { Labels = Labels() },
                "location" => IgnoreLocation(options),
                _ => throw BigQueryFault.Unsupported($"the option {name}"),
            };
            TryTakeSymbol(",");
        }

        return options;
    }

    /// <summary>There is one location here, so wishes for another change nothing.</summary>
    private SqlTableOptions IgnoreLocation(SqlTableOptions options)
    {
        OptionText("location");
        return options;
    }

    private void OptionValue() => ElementsUntil(() => Current.IsSymbol(",") || Current.IsSymbol(")"));

    private string? OptionText(string name)
    {
        if (TryTake("NULL"))
        {
            return null;
        }

        var text = Current.Kind == SqlTokenKind.Text ? Current.Value : throw Unexpected($"Expected a text for the option {name}");
        at++;
        return text;
    }

    private Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string>();
        TakeSymbol("[");
        while (!TryTakeSymbol("]"))
        {
            TakeSymbol("(");
            var key = OptionText("labels") ?? "";
            TakeSymbol(",");
            labels[key] = OptionText("labels") ?? "";
            TakeSymbol(")");
            TryTakeSymbol(",");
        }

        return labels;
    }
}
