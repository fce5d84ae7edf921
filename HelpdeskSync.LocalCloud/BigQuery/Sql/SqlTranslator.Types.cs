namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private SqlType Type()
    {
        if (TryTake("ARRAY"))
        {
            return TypeArguments("ARRAY");
        }

        if (TryTake("STRUCT"))
        {
            return TypeArguments("STRUCT");
        }

        var type = Current.Kind == SqlTokenKind.Word ? SqlType.Scalar(Current.Value) : throw Unexpected("Expected a type");
        at++;
        if (TryTakeSymbol("("))
        {
            // Length and precision limit what may be written; the local BigQuery keeps the wider type.
            while (!TryTakeSymbol(")"))
            {
                at += Current.Kind == SqlTokenKind.Number || Current.IsSymbol(",") ? 1 : throw Unexpected();
            }
        }

        return type;
    }

    private SqlType TypeArguments(string kind)
    {
        TakeSymbol("<");
        SqlType type;
        if (kind == "ARRAY")
        {
            type = SqlType.ArrayOf(Type());
        }
        else
        {
            var fields = new List<SqlColumn>();
            do
            {
                var named = !Ahead(1).IsSymbol(",") && !Ahead(1).IsSymbol(">") && !Ahead(1).IsSymbol(">>") && !Ahead(1).IsSymbol("<");
                fields.Add(new(named ? TakeName() : $"_field_{fields.Count + 1}", Type()));
            }
            while (TryTakeSymbol(","));
            type = SqlType.StructOf(fields);
        }

        if (Current.IsSymbol(">>"))
        {
            // Two closing brackets in one token: use up the first.
            tokens[at] = new(SqlTokenKind.Symbol, ">", Current.Start + 1, Current.End);
            return type;
        }

        TakeSymbol(">");
        return type;
    }
}
