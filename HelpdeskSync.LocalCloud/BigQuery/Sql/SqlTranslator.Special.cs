namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    /// <summary>Keywords that need more than passing on.</summary>
    /// <returns>False when the word is not one of them; nothing is taken then.</returns>
    private bool Special(string word)
    {
        switch (word)
        {
            case "CAST" or "SAFE_CAST":
                Cast(safe: word == "SAFE_CAST");
                return true;
            case "CASE":
                at++;
                Emit("CASE");
                ElementsUntil(() => IsNext("END"));
                at++;
                Emit("END");
                return true;
            case "EXTRACT":
                Extract();
                return true;
            case "INTERVAL":
                Interval();
                return true;
            case "STRUCT":
                Struct();
                return true;
            case "ARRAY":
                Array();
                return true;
            case "AS":
                at++;
                Emit(Current.IsSymbol("(") ? "AS" : $"AS {SqlText.Name(TakeName())}");
                return true;
            case "UNNEST":
                throw BigQueryFault.Unsupported("UNNEST outside FROM and IN");
            case "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_DATETIME" or "CURRENT_TIME":
                at++;
                Emit(Now(word));
                return true;
            default:
                return Operator(word);
        }
    }

    private bool Operator(string word)
    {
        if (word == "IN" && IsNext("IN", "UNNEST"))
        {
            at += 2;
            TakeSymbol("(");
            Emit("IN (SELECT unnest(" + Capture(() => ElementsUntil(() => Current.IsSymbol(")"))) + "))");
            TakeSymbol(")");
            return true;
        }

        if (word == "IN")
        {
            CheckIn();
        }

        if (word == "LIKE" && Ahead(1) is { Kind: SqlTokenKind.Text } pattern)
        {
            at += 2;
            Emit($"LIKE {SqlText.Literal(pattern.Value)}{(pattern.Value.Contains('\\', StringComparison.Ordinal) ? " ESCAPE '\\'" : "")}");
            return true;
        }

        if (word is "UNION" or "INTERSECT" or "EXCEPT")
        {
            at++;
            Emit(word);
            var distinct = TryTake("DISTINCT");
            if (!distinct)
            {
                Take("ALL");
                Emit("ALL");
            }

            var operation = $"{word} {distinct}";
            if ((setOperation ??= operation) != operation)
            {
                throw BigQueryFault.InvalidQuery("Syntax error: Different set operations cannot be used in the same query without using parentheses for grouping");
            }

            return true;
        }

        if (word == "IS" && (IsNext("IS", "DISTINCT", "FROM") || IsNext("IS", "NOT", "DISTINCT", "FROM")))
        {
            at += IsNext("IS", "NOT") ? 4 : 3;
            Emit(tokens[at - 3].IsWord("NOT") ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM");
            return true;
        }

        return false;
    }

    private string Now(string word)
    {
        var now = $"CAST('{context.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00' AS TIMESTAMPTZ)";
        return word switch
        {
            "CURRENT_TIMESTAMP" => now,
            "CURRENT_DATE" => $"CAST({now} AS DATE)",
            "CURRENT_TIME" => $"CAST(CAST({now} AS TIMESTAMP) AS TIME)",
            _ => $"CAST({now} AS TIMESTAMP)",
        };
    }

    private string NowIn(string word, string zone) =>
        $"CAST(({Now("CURRENT_TIMESTAMP")} AT TIME ZONE {zone}) AS {(word == "CURRENT_DATE" ? "DATE" : word == "CURRENT_TIME" ? "TIME" : "TIMESTAMP")})";

    private void Cast(bool safe)
    {
        at++;
        TakeSymbol("(");
        var value = Capture(() => ElementsUntil(() => IsNext("AS")));
        Take("AS");
        var type = Type();
        if (IsNext("FORMAT"))
        {
            throw BigQueryFault.Unsupported("CAST with FORMAT");
        }

        TakeSymbol(")");
        Emit(type.Name switch
        {
            "INT64" => $"{(safe ? "bq_safe_int64" : "bq_int64")}({value})",
            "BOOL" => $"{(safe ? "bq_safe_bool" : "bq_bool")}({value})",
            "STRING" => $"bq_string({value})",
            "TIMESTAMP" => $"{(safe ? "bq_safe_timestamp" : "bq_timestamp")}({value})",
            "DATE" => $"{(safe ? "bq_safe_date" : "bq_date")}({value})",
            "BYTES" => $"encode({value})",
            _ => $"{(safe ? "TRY_CAST" : "CAST")}({value} AS {type.Duck})",
        });
    }

    private void Extract()
    {
        at++;
        TakeSymbol("(");
        var part = TakeName().ToUpperInvariant();
        Take("FROM");
        var value = Capture(() => ElementsUntil(() => Current.IsSymbol(")")));
        TakeSymbol(")");
        Emit(part switch
        {
            "DATE" => $"CAST({value} AS DATE)",
            "TIME" => $"CAST({value} AS TIME)",
            "DAYOFWEEK" => $"(dayofweek({value}) + 1)",
            "ISOWEEK" => $"week({value})",
            "SECOND" => $"CAST(floor(extract(second FROM {value})) AS BIGINT)",
            "MILLISECOND" or "MICROSECOND" => $"(extract({part} FROM {value}) % {(part == "MILLISECOND" ? "1000" : "1000000")})",
            "MINUTE" or "HOUR" or "DAY" or "DAYOFYEAR" or "MONTH" or "QUARTER" or "YEAR" or "ISOYEAR" => $"extract({(part == "DAYOFYEAR" ? "DOY" : part)} FROM {value})",
            _ => throw BigQueryFault.Unsupported($"EXTRACT({part} ...)"),
        });
    }

    private void Interval()
    {
        at++;
        var amount = Capture(() => ElementsUntil(() => Current.Kind == SqlTokenKind.Word && SqlWords.DateParts.Contains(Current.Value)));
        var part = TakeName().ToUpperInvariant();
        if (IsNext("TO"))
        {
            throw BigQueryFault.Unsupported("INTERVAL ... TO ...");
        }

        Emit($"INTERVAL ({amount}) {part}");
    }

    private void Struct()
    {
        at++;
        var type = Current.IsSymbol("<") ? TypeArguments("STRUCT") : null;
        TakeSymbol("(");
        var fields = new List<string>();
        var names = new List<string>();
        var earlier = firstStruct;
        firstStruct = null;
        while (!TryTakeSymbol(")"))
        {
            var start = at;
            var value = Capture(() => ElementsUntil(() => Current.IsSymbol(",") || Current.IsSymbol(")") || IsNext("AS")));
            var own = IsPath(start, at) ? tokens[at - 1].Value : earlier?.ElementAtOrDefault(fields.Count) ?? $"_field_{fields.Count + 1}";
            var name = TryTake("AS") ? TakeName() : type?.Fields?.ElementAtOrDefault(fields.Count)?.Name ?? own;
            names.Add(name);
            fields.Add($"{SqlText.Name(name)} := {value.Trim()}");
            TryTakeSymbol(",");
        }

        firstStruct = earlier ?? names;
        var packed = $"struct_pack({string.Join(", ", fields)})";
        Emit(type is null ? packed : $"(CAST({packed} AS {type.Duck}))");
    }

    private void Array()
    {
        at++;
        var type = Current.IsSymbol("<") ? TypeArguments("ARRAY") : null;
        if (type is null)
        {
            if (!Current.IsSymbol("["))
            {
                Emit("ARRAY");
            }

            return;
        }

        TakeSymbol("[");
        Emit($"CAST([{Capture(() => ElementsUntilOrNone("]"))}] AS {type.Duck})");
        at++;
    }
}
