namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>Finds columns that a statement compares with constants or parameters: <c>c = 'x'</c>, <c>c IN ('x', 'y')</c>, <c>c IN UNNEST(@p)</c>. For estimates only.</summary>
internal static class SqlFilters
{
    public static Dictionary<string, SqlFilter> Of(IReadOnlyList<SqlToken> tokens)
    {
        var filters = new Dictionary<string, SqlFilter>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at + 2 < tokens.Count; at++)
        {
            if (tokens[at].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && !BesideOr(tokens, at) && Filter(tokens, at + 1) is { } filter)
            {
                filters[tokens[at].Value] = filter;
            }
        }

        return filters;
    }

    private static SqlFilter? Filter(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (tokens[at].IsSymbol("="))
        {
            return IsConstant(tokens[at + 1]) ? new(1, null) : null;
        }

        if (!tokens[at].IsWord("IN") || at + 3 >= tokens.Count)
        {
            return null;
        }

        if (tokens[at + 1].IsWord("UNNEST"))
        {
            return tokens[at + 3].Kind == SqlTokenKind.Parameter ? new(1, tokens[at + 3].Value) : null;
        }

        var keys = 0;
        for (var next = at + 2; next < tokens.Count && !tokens[next].IsSymbol(")"); next++)
        {
            if (IsConstant(tokens[next]))
            {
                keys++;
            }
            else if (!tokens[next].IsSymbol(","))
            {
                return null;
            }
        }

        return new(keys, null);
    }

    /// <summary>Whether an OR stands in the same parentheses, so that the comparison leaves out no rows by itself.</summary>
    private static bool BesideOr(IReadOnlyList<SqlToken> tokens, int at) => HasOr(tokens, at, -1) || HasOr(tokens, at, 1);

    private static bool HasOr(IReadOnlyList<SqlToken> tokens, int at, int step)
    {
        var depth = 0;
        for (var i = at; i >= 0 && i < tokens.Count && depth >= 0; i += step)
        {
            if (depth == 0 && tokens[i].IsWord("OR"))
            {
                return true;
            }

            if (depth == 0 && (tokens[i].IsWord("WHERE") || tokens[i].IsWord("SELECT") || tokens[i].IsWord("GROUP") || tokens[i].IsWord("THEN")))
            {
                return false;
            }

            depth += tokens[i].IsSymbol(step > 0 ? "(" : ")") ? 1 : tokens[i].IsSymbol(step > 0 ? ")" : "(") ? -1 : 0;
        }

        return false;
    }

    private static bool IsConstant(SqlToken token) => token.Kind is SqlTokenKind.Text or SqlTokenKind.Number or SqlTokenKind.Parameter;
}
