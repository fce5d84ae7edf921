namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private SqlChange Insert()
    {
        Take("INSERT");
        TryTake("INTO");
        var target = Table(TakePath());
        return new("INSERT", target, Fragment(() =>
        {
            Emit($"INSERT INTO {target.Quoted}");
            if (Current.IsSymbol("(") && !StartsQuery(1))
            {
                at++;
                Emit($"({string.Join(", ", Distinct(Names()).Select(SqlText.Name))})");
            }

            if (TryTake("VALUES"))
            {
                Emit("VALUES");
                ElementsUntil(() => Current.Kind == SqlTokenKind.End);
            }
            else
            {
                Query(outermost: false);
            }
        }));
    }

    private static List<string> Distinct(List<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw BigQueryFault.InvalidQuery($"INSERT has columns with duplicate name: {twice.Key}")
            : names;

    private SqlChange Update()
    {
        Take("UPDATE");
        var path = TakePath();
        var target = Table(path);
        var alias = TryTakeAlias() ?? path[^1];
        var named = $"{target.Quoted} AS {SqlText.Name(alias)}";
        Take("SET");
        var set = Fragment(() => Assignments(alias));
        var from = IsNext("FROM") ? Fragment(FromClause) : null;
        if (!TryTake("WHERE"))
        {
            throw BigQueryFault.InvalidQuery($"UPDATE must have a WHERE clause at {SqlTokenizer.Place(sql, tokens[0].Start)}");
        }

        var where = Fragment(() => ElementsUntil(() => Current.Kind == SqlTokenKind.End));
        var change = Joined($"UPDATE {named} SET {set.Text} {from?.Text} WHERE {where.Text}", set, from, where);
        var twice = from is null
            ? null
            : Joined($"SELECT 1 FROM {named}, {from.Text["FROM".Length..]} WHERE {where.Text} GROUP BY {SqlText.Name(alias)}.rowid HAVING count(*) > 1 LIMIT 1", from, where);
        return new("UPDATE", target, change, twice);
    }

    private SqlChange Delete()
    {
        Take("DELETE");
        TryTake("FROM");
        var path = TakePath();
        var target = Table(path);
        var alias = TryTakeAlias() ?? path[^1];
        if (!TryTake("WHERE"))
        {
            throw BigQueryFault.InvalidQuery($"DELETE must have a WHERE clause at {SqlTokenizer.Place(sql, tokens[0].Start)}");
        }

        var where = Fragment(() => ElementsUntil(() => Current.Kind == SqlTokenKind.End));
        return new("DELETE", target, Joined($"DELETE FROM {target.Quoted} AS {SqlText.Name(alias)} WHERE {where.Text}", where));
    }

    private SqlChange Truncate()
    {
        Take("TRUNCATE", "TABLE");
        var target = Table(TakePath());
        return new("TRUNCATE_TABLE", target, new($"DELETE FROM {target.Quoted}", new HashSet<string>()));
    }

    private static SqlFragment Joined(string text, params ReadOnlySpan<SqlFragment?> parts)
    {
        var names = new HashSet<string>();
        foreach (var part in parts)
        {
            names.UnionWith(part?.Parameters ?? names);
        }

        return new(text, names);
    }

    /// <summary>The list behind SET. BigQuery allows the target's alias before a column, DuckDB does not.</summary>
    private void Assignments(string alias)
    {
        do
        {
            var path = TakePath();
            var qualified = path.Count == 2 && path[0].Equals(alias, StringComparison.OrdinalIgnoreCase);
            if (path.Count > 1 && !qualified)
            {
                throw BigQueryFault.Unsupported("UPDATE of a field inside a column");
            }

            TakeSymbol("=");
            Emit($"{SqlText.Name(path[^1])} =");
            ElementsUntil(() => Current.IsSymbol(",") || AtQueryEnd || IsNext("FROM") || IsNext("WHERE") || IsNext("WHEN"));
        }
        while (TryTakeSymbol(",") && EmitComma());
    }
}
