namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private readonly Stack<HashSet<string>> commonTables = new();
    private bool starHere;
    private string? setOperation;
    private List<TableName> tablesHere = [];

    private bool AtQueryEnd => Current.Kind == SqlTokenKind.End || Current.IsSymbol(")");

    private bool StartsQuery(int ahead)
    {
        while (Ahead(ahead).IsSymbol("("))
        {
            ahead++;
        }

        return Ahead(ahead).IsWord("SELECT") || Ahead(ahead).IsWord("WITH");
    }

    /// <summary>A whole query up to its closing parenthesis or the end of the statement.</summary>
    private void Query(bool outermost)
    {
        var jsonOutside = jsonRows.Count;
        var (outerStar, outerTables) = (starHere, tablesHere);
        (starHere, tablesHere) = (false, []);
        var outerSet = setOperation;
        setOperation = null;
        commonTables.Push(new(StringComparer.OrdinalIgnoreCase));
        if (TryTake("WITH"))
        {
            CommonTables();
        }

        while (!AtQueryEnd)
        {
            if (IsNext("SELECT"))
            {
                SelectClause(outermost);
                outermost = false;
            }
            else if (IsNext("FROM"))
            {
                FromClause();
            }
            else if (Current.IsSymbol("(") && StartsQuery(1))
            {
                SubQuery();
            }
            else
            {
                Element();
            }
        }

        commonTables.Pop();
        LeaveJsonRows(jsonOutside);
        stars.UnionWith(starHere ? tablesHere : []);
        (starHere, tablesHere) = (outerStar, outerTables);
        setOperation = outerSet;
    }

    private void SubQuery()
    {
        TakeSymbol("(");
        Emit("(");
        Query(outermost: false);
        TakeSymbol(")");
        output.Append(')');
    }

    private void CommonTables()
    {
        Emit(TryTake("RECURSIVE") ? "WITH RECURSIVE" : "WITH");
        do
        {
            var name = TakeName();
            Take("AS");
            Emit($"{SqlText.Name(name)} AS");
            // A common table may refer to itself only when recursive; an earlier one of the same name cannot exist, so order does not matter.
            commonTables.Peek().Add(name);
            SubQuery();
        }
        while (TryTakeSymbol(",") && EmitComma());
    }

    private bool EmitComma()
    {
        output.Append(',');
        return true;
    }

    private void SelectClause(bool outermost)
    {
        Take("SELECT");
        Emit("SELECT");
        if (TryTake("DISTINCT"))
        {
            Emit("DISTINCT");
        }
        else
        {
            TryTake("ALL");
        }

        if (IsNext("AS", "STRUCT"))
        {
            throw BigQueryFault.Unsupported("SELECT AS STRUCT");
        }

        TryTake("AS", "VALUE");
        FindJsonRows();
        var unnamed = 0;
        do
        {
            var first = at;
            if (!SelectItem())
            {
                NameColumn(first, outermost ? () => $"f{unnamed++}_" : null);
            }
        }
        while (TryTakeSymbol(",") && !AtSelectEnd() && EmitComma());
    }

    /// <summary>Writes one item of the select list.</summary>
    /// <returns>Whether it has a name: an alias, a column's own, or the star.</returns>
    private bool SelectItem()
    {
        var start = at;
        var aliased = false;
        while (!AtSelectEnd() && !Current.IsSymbol(","))
        {
            if (Current.IsSymbol("*") && IsStar())
            {
                Star();
                aliased = true;
            }
            else if (at > start && EndsOperand(tokens[at - 1]) && IsImplicitAlias())
            {
                Emit($"AS {SqlText.Name(TakeName())}");
                aliased = true;
            }
            else
            {
                aliased |= IsNext("AS");
                Element();
            }
        }

        return at == start ? throw Unexpected() : aliased || IsPath(start, at);
    }

    /// <summary>A field behind anything but a path, such as <c>a[OFFSET(0)].x</c>, gives its name too; what else has none is counted.</summary>
    private void NameColumn(int first, Func<string>? counted)
    {
        var isField = at - first > 2 && tokens[at - 2].IsSymbol(".") && tokens[at - 1].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && IsOneOperand(first, at - 2);
        if (isField)
        {
            Emit($"AS {SqlText.Name(tokens[at - 1].Value)}");
        }
        else if (counted is not null)
        {
            Emit($"AS {SqlText.Name(counted())}");
        }
    }

    private bool IsOneOperand(int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            var token = tokens[i];
            var opens = token.IsSymbol("(") || token.IsSymbol("[");
            depth += opens ? 1 : token.IsSymbol(")") || token.IsSymbol("]") ? -1 : 0;
            var isPart = opens || token.IsSymbol(")") || token.IsSymbol("]") || token.IsSymbol(".") || token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
            if (depth == 0 && (!isPart || (i > from && token.Kind == SqlTokenKind.Word && !tokens[i - 1].IsSymbol("."))))
            {
                return false;
            }
        }

        return true;
    }

    private bool AtSelectEnd() => AtQueryEnd || (Current.Kind == SqlTokenKind.Word && SqlWords.Clauses.Contains(Current.Value));

    private bool IsImplicitAlias() =>
        (Current.Kind == SqlTokenKind.QuotedName && !tokens[at - 1].IsSymbol("."))
        || (Current.Kind == SqlTokenKind.Word && !SqlWords.IsReserved(Current.Value) && (Ahead(1).IsSymbol(",") || Ahead(1).IsSymbol(")") || Ahead(1).Kind == SqlTokenKind.End || SqlWords.Clauses.Contains(Ahead(1).Value)));

    private bool IsStar() => at == 0 || tokens[at - 1].IsSymbol(",") || tokens[at - 1].IsSymbol(".") || tokens[at - 1].IsWord("SELECT") || tokens[at - 1].IsWord("DISTINCT") || tokens[at - 1].IsWord("ALL");

    private void Star()
    {
        starHere = true;
        at++;
        Emit("*");
        if (TryTake("EXCEPT"))
        {
            TakeSymbol("(");
            var columns = Names();
            Emit($"EXCLUDE ({string.Join(", ", columns.Select(SqlText.Name))})");
        }

        if (TryTake("REPLACE"))
        {
            Emit("REPLACE");
            Element();
        }
    }

    /// <summary>Names between parentheses, the opening one already taken.</summary>
    private List<string> Names()
    {
        var names = new List<string>();
        do
        {
            names.Add(TakeName());
        }
        while (TryTakeSymbol(","));
        TakeSymbol(")");
        return names;
    }

    private bool IsPath(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var wanted = (i - from) % 2 == 0 ? tokens[i].Kind is SqlTokenKind.QuotedName || (tokens[i].Kind == SqlTokenKind.Word && (i > from || !SqlWords.IsReserved(tokens[i].Value))) : tokens[i].IsSymbol(".");
            if (!wanted)
            {
                return false;
            }
        }

        return (to - from) % 2 == 1;
    }
}
