namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <content>
/// Operators that DuckDB takes for more types, or in another order, than GoogleSQL. Types are known only where a literal or a parameter stands on one
/// side and a name or a call on the other: such comparisons are checked as BigQuery checks them. (Source: ZetaSQL's coercion of literals and parameters.)
/// </content>
internal sealed partial class SqlTranslator
{
    private static readonly HashSet<string> s_comparisons = ["=", "<>", "!=", "<", ">", "<=", ">="];
    private static readonly HashSet<string> s_bitwise = ["&", "|", "<<", ">>"];
    private static readonly HashSet<string> s_beforeComparison = new(
        ["WHERE", "AND", "OR", "ON", "WHEN", "THEN", "ELSE", "SELECT", "HAVING", "QUALIFY", "NOT", "BY", "DISTINCT"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_betweenConditions = new(
        ["WHERE", "AND", "OR", "ON", "WHEN", "THEN", "ELSE", "SELECT", "HAVING", "QUALIFY", "BETWEEN", "IN", "LIKE", "IS", "FROM", "BY"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes a comparison; where one side's type is known, the other's is checked when the statement runs.</summary>
    private void Comparison(string symbol)
    {
        var left = at > 0 && IsBegin(at - 1) ? KindOf(tokens[at - 1]) : null;
        var right = IsEnd(Ahead(2)) ? KindOf(Ahead(1)) : null;
        if (left is not null && right is not null && left != right && (left, right) is not (("text", "timestamp") or ("timestamp", "text")))
        {
            throw BigQueryFault.InvalidQuery($"No matching signature for operator {symbol}: it has a {left} and a {right} at {SqlTokenizer.Place(sql, Current.Start)}");
        }

        if (left is null && right is not null)
        {
            CheckLeft(right);
        }

        at++;
        Emit(symbol);
        if (left is not null && right is null && Current.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && !IsKeyword(Current))
        {
            var operand = Capture(Operand).Trim();
            Emit(IsEnd(Current) ? Checked(left, operand) : operand);
        }
    }

    /// <summary>Checks the left side of IN by the first literal of the list.</summary>
    private void CheckIn()
    {
        if (Ahead(1).IsSymbol("(") && KindOf(Ahead(2)) is { } kind && (Ahead(3).IsSymbol(",") || Ahead(3).IsSymbol(")")))
        {
            CheckLeft(kind);
        }
    }

    private void CheckLeft(string kind)
    {
        if (OperandStart(at) is { } start && IsBegin(start))
        {
            Rewrite(operand => Checked(kind, operand));
        }
    }

    private void Rewrite(Func<string, string> rewritten)
    {
        var operand = output.ToString(operandStart, output.Length - operandStart).Trim();
        output.Length = operandStart;
        Emit(rewritten(operand));
    }

    private static string Checked(string kind, string operand) => $"bq_beside_{kind}({operand})";

    /// <summary>In BigQuery a bitwise AND binds tighter than an OR, and shifts tighter than both; in DuckDB all of them bind alike.</summary>
    private void Bitwise(string symbol)
    {
        var depth = 0;
        for (var before = at - 1; before >= 0 && depth >= 0; before--)
        {
            var token = tokens[before];
            depth += token.IsSymbol(")") || token.IsSymbol("]") ? 1 : token.IsSymbol("(") || token.IsSymbol("[") ? -1 : 0;
            if (depth == 0 && (token.IsSymbol(",") || (token.Kind == SqlTokenKind.Symbol && s_comparisons.Contains(token.Value))
                || (token.Kind == SqlTokenKind.Word && s_betweenConditions.Contains(token.Value))))
            {
                break;
            }

            if (depth == 0 && token.Kind == SqlTokenKind.Symbol && s_bitwise.Contains(token.Value) && token.Value != symbol)
            {
                throw BigQueryFault.Unsupported($"{token.Value} and {symbol} in one expression without parentheses");
            }
        }

        at++;
        Emit(symbol);
    }

    /// <summary>Divides. Of NUMERIC it would make FLOAT64, so that a statement which meets one is refused.</summary>
    private void Division()
    {
        var isGroup = at > 0 && tokens[at - 1].IsSymbol(")") && GroupStart(at - 1) is var opened && (opened == 0 || tokens[opened - 1].Kind != SqlTokenKind.Word || s_beforeComparison.Contains(tokens[opened - 1].Value))
            && !tokens[opened + 1].IsWord("SELECT") && !tokens[opened + 1].IsWord("WITH") && !tokens[opened + 1].IsSymbol("(");
        var isOperand = OperandStart(at) is { } start && (start == 0 || !tokens[start - 1].IsWord("OVER"));
        if (isGroup || isOperand || (at > 0 && tokens[at - 1].Kind == SqlTokenKind.Text))
        {
            Rewrite(NotNumeric);
        }

        at++;
        Emit($"/ bq_divisor({NotNumeric(Capture(Operand).Trim())})");
    }

    private static string NotNumeric(string operand) => $"bq_no_numeric({operand}, 'division of NUMERIC')";

    /// <summary>Where the operand before a token begins, when it is a name, a path of names, or a call; else null.</summary>
    private int? OperandStart(int end)
    {
        var start = end - 1;
        if (start > 0 && tokens[start].IsSymbol(")"))
        {
            start = GroupStart(start) - 1;
        }

        if (start < 0 || tokens[start].Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName) || IsKeyword(tokens[start]))
        {
            return null;
        }

        while (start >= 2 && tokens[start - 1].IsSymbol(".") && tokens[start - 2].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
        {
            start -= 2;
        }

        return start > 0 && tokens[start - 1].IsSymbol(".") ? null : start;
    }

    private int GroupStart(int closing)
    {
        var depth = 0;
        for (var before = closing; before >= 0; before--)
        {
            depth += tokens[before].IsSymbol(")") ? 1 : tokens[before].IsSymbol("(") ? -1 : 0;
            if (depth == 0)
            {
                return before;
            }
        }

        return 0;
    }

    private bool IsBegin(int start) => start > 0
        && (tokens[start - 1].IsSymbol("(") || tokens[start - 1].IsSymbol(",")
            || (tokens[start - 1].Kind == SqlTokenKind.Word && s_beforeComparison.Contains(tokens[start - 1].Value)));

    private static bool IsEnd(SqlToken token) => token.Kind is SqlTokenKind.End or SqlTokenKind.Word
        || token.IsSymbol(")") || token.IsSymbol(",") || token.IsSymbol("]");

    private static bool IsKeyword(SqlToken token) =>
        token.Kind == SqlTokenKind.Word && SqlWords.IsReserved(token.Value) && !SqlWords.Callable.Contains(token.Value);

    private string? KindOf(SqlToken token) => token.Kind switch
    {
        SqlTokenKind.Text => "text",
        SqlTokenKind.Number => "number",
        SqlTokenKind.Word when token.IsWord("TRUE") || token.IsWord("FALSE") => "bool",
        SqlTokenKind.Parameter when context.Parameters.TryGetValue(token.Value, out var parameter) => parameter.Type.ToString() switch
        {
            "STRING" => "text",
            "INT64" or "FLOAT64" or "NUMERIC" or "BIGNUMERIC" => "number",
            "BOOL" => "bool",
            "TIMESTAMP" => "timestamp",
            _ => null,
        },
        _ => null,
    };
}
