namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    /// <summary>A call whose name is taken and whose parenthesis is next.</summary>
    private void Call(string name)
    {
        var call = Arguments(name);
        if (name is "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_DATETIME" or "CURRENT_TIME")
        {
            Emit(call.Wants(0, name == "CURRENT_TIMESTAMP" ? 0 : 1).Count == 0 ? Now(name) : NowIn(name, call[0]));
        }
        else if (name is "JSON_VALUE" or "JSON_EXTRACT_SCALAR" && JsonValueOfRow(call) is { } value)
        {
            Emit(value);
        }
        else
        {
            Emit(Functions.Write(call));
        }
    }

    private FunctionCall Arguments(string name)
    {
        TakeSymbol("(");
        var call = new FunctionCall(name, []);
        var arguments = new List<FunctionArgument>();
        while (!TryTakeSymbol(")"))
        {
            var start = at;
            var text = Capture(() =>
            {
                while (!Current.IsSymbol(",") && !AtArgumentEnd())
                {
                    Argument();
                }
            });
            if (at == start)
            {
                throw Unexpected();
            }

            arguments.Add(new(text.Trim(), at == start + 1 ? tokens[start] : null));
            call = ArgumentTail(call);
            if (!Current.IsSymbol(")"))
            {
                TakeSymbol(",");
            }
        }

        return call with { Arguments = arguments };
    }

    private bool AtArgumentEnd() => AtQueryEnd || IsNext("IGNORE", "NULLS") || IsNext("RESPECT", "NULLS") || IsNext("HAVING") || IsNext("ORDER", "BY") || IsNext("LIMIT");

    private void Argument()
    {
        if (StartsQuery(0) && Current.Kind == SqlTokenKind.Word)
        {
            Query(outermost: false);
        }
        else
        {
            Element();
        }
    }

    private FunctionCall ArgumentTail(FunctionCall call)
    {
        if (TryTake("IGNORE", "NULLS"))
        {
            call = call with { IgnoreNulls = true };
        }

        TryTake("RESPECT", "NULLS");
        if (TryTake("HAVING"))
        {
            var kind = TakeName().ToUpperInvariant();
            call = call with { Having = (kind, Capture(() => ElementsUntil(() => AtArgumentEnd()))) };
        }

        if (TryTake("ORDER", "BY"))
        {
            call = call with { OrderBy = " ORDER BY" + Capture(() => ElementsUntil(() => AtQueryEnd || IsNext("LIMIT"))).Insert(0, " ") };
        }

        if (TryTake("LIMIT"))
        {
            call = call with { Limit = Capture(() => ElementsUntil(() => AtQueryEnd)) };
        }

        return call;
    }
}
