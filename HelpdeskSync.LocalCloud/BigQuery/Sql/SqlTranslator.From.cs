namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private string? lastAlias;
    private readonly HashSet<string> aliases = new(StringComparer.OrdinalIgnoreCase);

    private void FromClause()
    {
        Take("FROM");
        Emit("FROM");
        FromItems();
    }

    private void FromItems()
    {
        FromItem();
        while (!AtFromEnd())
        {
            if (TryTakeSymbol(","))
            {
                output.Append(',');
                FromItem();
            }
            else if (TryTake("JOIN"))
            {
                Emit("JOIN");
                FromItem();
            }
            else if (TryTake("USING"))
            {
                TakeSymbol("(");
                Emit($"USING ({string.Join(", ", Names().Select(SqlText.Name))})");
            }
            else if (TryTake("ON"))
            {
                Emit("ON");
                ElementsUntil(() => AtFromEnd() || Current.IsSymbol(",") || AtJoin());
            }
            else if (AtJoin())
            {
                Emit(Current.Value.ToUpperInvariant());
                at++;
            }
            else
            {
                throw Unexpected();
            }
        }
    }

    private bool AtFromEnd() => AtQueryEnd || (Current.Kind == SqlTokenKind.Word && (SqlWords.Clauses.Contains(Current.Value) || Current.IsWord("WHEN") || Current.IsWord("SET")));

    private bool AtJoin() => Current.Kind == SqlTokenKind.Word && SqlWords.Joins.Contains(Current.Value) && !(Current.Value.Length <= 5 && Ahead(1).IsSymbol("(") && SqlWords.Callable.Contains(Current.Value));

    private void FromItem()
    {
        if (Current.IsSymbol("("))
        {
            if (StartsQuery(1))
            {
                SubQuery();
            }
            else
            {
                at++;
                Emit("(");
                FromItems();
                TakeSymbol(")");
                output.Append(')');
            }

            EmitAlias(TryTakeAlias());
        }
        else if (IsNext("UNNEST"))
        {
            UnnestItem();
        }
        else
        {
            TableItem();
        }
    }

    private void TableItem()
    {
        var start = at;
        var path = TakePath();
        if (Current.IsSymbol("("))
        {
            throw BigQueryFault.Unsupported($"the table function {path[^1]}");
        }

        if (path.Count == 1 && IsCommonTable(path[0]))
        {
            Emit(SqlText.Name(path[0]));
            EmitAlias(TryTakeAlias());
            return;
        }

        if (path.Count > 1 && aliases.Contains(path[0]) && tokens[start].Value == path[0])
        {
            var element = TryTakeAlias() ?? path[^1];
            Emit($"unnest({string.Join('.', path.Select(SqlText.Name))}) AS {SqlText.Name(element)}({SqlText.Name(element)})");
            return;
        }

        Emit(View(path) ?? Table(path).Quoted);
        if (IsNext("FOR"))
        {
            throw BigQueryFault.Unsupported("FOR SYSTEM_TIME AS OF");
        }

        EmitAlias(TryTakeAlias() ?? path[^1]);
        if (IsNext("TABLESAMPLE") || IsNext("PIVOT") || IsNext("UNPIVOT"))
        {
            throw BigQueryFault.Unsupported(Current.Value.ToUpperInvariant());
        }
    }

    private bool IsCommonTable(string name) => commonTables.Any(scope => scope.Contains(name));

    private string? View(List<string> path)
    {
        var schema = path.FindIndex(part => part.Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase));
        if (schema < 0 && !path[^1].Equals("__TABLES__", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var before = path[..(schema < 0 ? path.Count - 1 : schema)];
        var view = path[^1].ToUpperInvariant();
        if (view == "SCHEMATA")
        {
            return context.Views(new(before.FirstOrDefault(part => !part.StartsWith("region-", StringComparison.OrdinalIgnoreCase)) ?? context.Project, "", view));
        }

        var dataset = before.Count switch
        {
            0 => context.DefaultDataset ?? throw Unqualified(string.Join('.', path)),
            1 => new(context.Project, before[0]),
            _ => new DatasetName(before[^2], before[^1]),
        };
        return context.Views(new(dataset.Project, dataset.Dataset, view));
    }

    private TableName Table(List<string> path)
    {
        if (path[^1].EndsWith('*'))
        {
            throw BigQueryFault.Unsupported("wildcard tables");
        }

        var name = path.Count switch
        {
            1 => (context.DefaultDataset ?? throw Unqualified(path[0])).Table(path[0]),
            2 => new(context.Project, path[0], path[1]),
            3 => new TableName(path[0], path[1], path[2]),
            _ => throw BigQueryFault.Invalid($"Invalid table name \"{string.Join('.', path)}\": want project.dataset.table"),
        };
        tables.Add(name);
        tablesHere.Add(name);
        return name;
    }

    private static BigQueryFault Unqualified(string name) =>
        BigQueryFault.Invalid($"Table \"{name}\" must be qualified with a dataset (e.g. dataset.table).");

    /// <summary>A dotted name. Backticks may hold several parts at once, and unquoted project ids may hold dashes.</summary>
    private List<string> TakePath()
    {
        var parts = new List<string>();
        do
        {
            var first = Current;
            if (first.Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName) || (parts.Count == 0 && first.Kind == SqlTokenKind.Word && SqlWords.IsReserved(first.Value)))
            {
                throw Unexpected("Expected a table name");
            }

            at++;
            var name = first.Value;
            while (first.Kind == SqlTokenKind.Word && Current.IsSymbol("-") && Current.Start == tokens[at - 1].End && Ahead(1).Start == Current.End)
            {
                name += "-" + Ahead(1).Value;
                at += 2;
            }

            parts.AddRange(first.Kind == SqlTokenKind.QuotedName ? name.Split('.') : [name]);
        }
        while (TryTakeSymbol("."));
        return parts;
    }

    private string? TryTakeAlias()
    {
        if (TryTake("AS"))
        {
            return TakeName();
        }

        var bare = Current.Kind == SqlTokenKind.QuotedName
            || (Current.Kind == SqlTokenKind.Word && !SqlWords.IsReserved(Current.Value) && !SqlWords.Clauses.Contains(Current.Value) && !SqlWords.ReservedByFrom.Contains(Current.Value));
        return bare ? TakeName() : null;
    }

    private void EmitAlias(string? alias)
    {
        if (alias is not null)
        {
            aliases.Add(alias);
            Emit($"AS {SqlText.Name(alias)}");
            lastAlias = alias;
        }
    }

    private void UnnestItem()
    {
        Take("UNNEST");
        TakeSymbol("(");
        var array = Capture(() => ElementsUntil(() => Current.IsSymbol(")")));
        TakeSymbol(")");
        var alias = TryTakeAlias();
        if (TryTake("WITH", "OFFSET"))
        {
            var element = SqlText.Name(alias ?? "unnest");
            var offset = SqlText.Name(TryTakeAlias() ?? "offset");
            Emit($"(SELECT {element}, {offset} - 1 AS {offset} FROM unnest({array}) WITH ORDINALITY AS u({element}, {offset})) AS {element}");
        }
        else if (alias is not null)
        {
            aliases.Add(alias);
            Emit(JsonRows(alias, array) ?? $"unnest({array}) AS {SqlText.Name(alias)}({SqlText.Name(alias)})");
        }
        else
        {
            Emit($"unnest({array})");
        }
    }
}
