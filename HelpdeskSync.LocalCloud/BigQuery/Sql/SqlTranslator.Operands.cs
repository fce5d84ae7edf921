namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <content>Operands: groups, arrays, subscripts.</content>
internal sealed partial class SqlTranslator
{
    /// <summary>Where the operand begins that a field or subscript may follow.</summary>
    private int operandStart;

    /// <summary>Field names of the first STRUCT of an array; the others may leave them out, and DuckDB goes by names.</summary>
    private List<string>? firstStruct;

    /// <summary>What stands behind a division: a sign, one element, and its fields and subscripts.</summary>
    private void Operand()
    {
        while (Current.IsSymbol("-") || Current.IsSymbol("+") || Current.IsSymbol("~"))
        {
            Element();
        }

        Element();
        while (Current.IsSymbol(".") || Current.IsSymbol("["))
        {
            Element();
        }
    }

    /// <summary>Operators look back at the operand before them, so that they begin none themselves.</summary>
    private bool BeginsOperand() => Current.Kind == SqlTokenKind.Symbol
        ? Current.Value is "(" or "?" || (Current.IsSymbol("[") && !(at > 0 && EndsOperand(tokens[at - 1])))
        : !Current.IsWord("IN");

    private void Group()
    {
        if (StartsQuery(1))
        {
            SubQuery();
            return;
        }

        var start = operandStart;
        TakeSymbol("(");
        Emit("(");
        while (!Current.IsSymbol(")"))
        {
            Element();
        }

        at++;
        output.Append(')');
        operandStart = start;
    }

    /// <summary>After an operand a subscript (OFFSET counts from 0, DuckDB from 1), else an array.</summary>
    private void Brackets()
    {
        var subscript = at > 0 && EndsOperand(tokens[at - 1]);
        at++;
        if (!subscript)
        {
            var outer = firstStruct;
            firstStruct = null;
            Emit("[" + Capture(() => ElementsUntilOrNone("]")) + "]");
            firstStruct = outer;
            at++;
            return;
        }

        var counted = Current.Kind == SqlTokenKind.Word && Ahead(1).IsSymbol("(") ? Current.Value.ToUpperInvariant() : "";
        var fromOne = counted is "ORDINAL" or "SAFE_ORDINAL";
        if (fromOne || counted is "OFFSET" or "SAFE_OFFSET")
        {
            at++;
        }

        var key = Current.Kind == SqlTokenKind.Text;
        var index = Capture(() => ElementsUntilOrNone("]"));
        at++;
        if (key || counted.StartsWith("SAFE_", StringComparison.Ordinal))
        {
            output.Append(key ? $"[{index}]" : fromOne ? $"[NULLIF(greatest({index}, 0), 0)]" : $"[NULLIF(greatest(({index}) + 1, 0), 0)]");
            return;
        }

        var array = output.ToString(operandStart, output.Length - operandStart);
        output.Length = operandStart;
        Emit($"(bq_at({array.Trim()}, ({index}){(fromOne ? " - 1" : "")}))");
    }

    private void ElementsUntilOrNone(string symbol)
    {
        while (!Current.IsSymbol(symbol))
        {
            Element();
        }
    }

    private static bool EndsOperand(SqlToken token) => token.Kind switch
    {
        SqlTokenKind.Word => !SqlWords.IsReserved(token.Value) || token.IsWord("END") || token.IsWord("NULL") || token.IsWord("TRUE") || token.IsWord("FALSE"),
        SqlTokenKind.Symbol => token.Value is ")" or "]",
        _ => true,
    };
}
