using System.Globalization;
using System.Text;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private void ElementsUntil(Func<bool> end)
    {
        var start = at;
        while (!end())
        {
            Element();
        }

        if (at == start)
        {
            throw Unexpected();
        }
    }

    /// <summary>Writes the next piece of an expression: a literal, a name, a call, a group, or one operator or keyword.</summary>
    private void Element()
    {
        if (BeginsOperand())
        {
            operandStart = output.Length;
        }

        switch (Current.Kind)
        {
            case SqlTokenKind.Text:
                Emit(SqlText.Literal(NoZero(Current.Value)));
                at++;
                break;
            case SqlTokenKind.Bytes:
                _ = Current.Value.Any(c => c > 0x7F) ? throw BigQueryFault.Unsupported("byte literals beyond ASCII") : 0;
                Emit($"CAST('{string.Concat(Encoding.UTF8.GetBytes(Current.Value).Select(b => $"\\x{b:X2}"))}' AS BLOB)");
                at++;
                break;
            case SqlTokenKind.Number:
                Number();
                break;
            case SqlTokenKind.Parameter:
                Parameter(Current.Value);
                break;
            case SqlTokenKind.QuotedName:
                Path();
                break;
            case SqlTokenKind.Word:
                Word();
                break;
            case SqlTokenKind.Symbol:
                Symbol();
                break;
            default:
                throw Unexpected();
        }
    }

    private static string NoZero(string text) => text.Contains('\0', StringComparison.Ordinal) ? throw BigQueryFault.Unsupported("the character U+0000 in strings") : text;

    /// <summary>GoogleSQL's whole numbers have 64 bits and its fractions are FLOAT64; DuckDB would take the smallest integer, or DECIMAL.</summary>
    private void Number()
    {
        var number = Current.Value;
        var arithmetic = Ahead(1).Kind == SqlTokenKind.Symbol && "+-*/".Contains(Ahead(1).Value, StringComparison.Ordinal)
            || (at > 0 && tokens[at - 1].Kind == SqlTokenKind.Symbol && "+-*/".Contains(tokens[at - 1].Value, StringComparison.Ordinal));
        var hex = number.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var fraction = !hex && number.AsSpan().IndexOfAny(".eE") >= 0;
        Emit(fraction ? $"CAST({number} AS DOUBLE)" : arithmetic ? $"CAST({number} AS BIGINT)" : number);
        at++;
    }

    private void Parameter(string name)
    {
        if (!context.Parameters.TryGetValue(name, out var parameter))
        {
            throw BigQueryFault.InvalidQuery($"Query parameter '{name}' not found at {SqlTokenizer.Place(sql, Current.Start)}");
        }

        at++;
        parameters.Add(parameter.Name);
        Emit(ParameterText(parameter));
    }

    private static string ParameterText(SqlParameter parameter) => $"CAST($p_{parameter.Name} AS {parameter.Type.Duck})";

    private void PositionalParameter()
    {
        var position = tokens.Take(at).Count(token => token.IsSymbol("?")) + 1;
        Parameter(position.ToString(CultureInfo.InvariantCulture));
    }

    private void Symbol()
    {
        switch (Current.Value)
        {
            case "(":
                Group();
                break;
            case "[":
                Brackets();
                break;
            case ".":
                at++;
                var field = Current.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName ? Current.Value : Current.IsSymbol("*") ? null : throw Unexpected();
                output.Append('.').Append(field is null ? "*" : SqlText.Name(field));
                at++;
                break;
            case "?":
                PositionalParameter();
                break;
            case "/":
                Division();
                break;
            case var comparison when s_comparisons.Contains(comparison):
                Comparison(comparison);
                break;
            case var bitwise when s_bitwise.Contains(bitwise):
                Bitwise(bitwise);
                break;
            case "^":
                throw BigQueryFault.Unsupported("the operator ^");
            case "@@" or "|>" or "{" or "}" or "=>" or ":":
                throw BigQueryFault.Unsupported($"\"{Current.Value}\"");
            default:
                var text = Current.Value;
                at++;
                if (text == ",")
                {
                    output.Append(',');
                }
                else
                {
                    Emit(text);
                }

                break;
        }
    }

    private void Path()
    {
        var name = Current.Kind == SqlTokenKind.Word && !Ahead(1).IsSymbol(".") && !SqlWords.NeedsQuotes(Current.Value) ? Current.Value : SqlText.Name(Current.Value);
        Emit(name);
        at++;
    }

    private void Word()
    {
        var word = Current.Value.ToUpperInvariant();
        if (Ahead(1).Kind == SqlTokenKind.Text && TypedLiteral(word) is { } literal)
        {
            Emit(literal);
            at += 2;
        }
        else if (Ahead(1).IsSymbol(".") && word is "SAFE" or "NET" or "KEYS" or "AEAD" && Ahead(3).IsSymbol("("))
        {
            SafeCall(word);
        }
        else if (Ahead(1).IsSymbol("(") && (!SqlWords.IsReserved(word) || SqlWords.Callable.Contains(word)) && word is not ("VALUES" or "INSERT" or "SAFE_CAST"))
        {
            at++;
            Call(word);
        }
        else if (!Special(word))
        {
            if (SqlWords.IsReserved(word))
            {
                Emit(word);
                at++;
            }
            else
            {
                Path();
            }
        }
    }

    private string? TypedLiteral(string word)
    {
        var text = SqlText.Literal(Ahead(1).Value);
        return word switch
        {
            "TIMESTAMP" or "DATETIME" or "DATE" or "TIME" or "NUMERIC" or "BIGNUMERIC" or "JSON" => $"CAST({text} AS {SqlType.Scalar(word).Duck})",
            _ => null,
        };
    }

    private void SafeCall(string prefix)
    {
        if (prefix != "SAFE")
        {
            throw BigQueryFault.Unsupported($"the function {prefix}.{Ahead(2).Value}");
        }

        at += 3;
        var function = tokens[at - 1].Value.ToUpperInvariant();
        Emit("TRY(" + Capture(() => Call(function)) + ")");
    }
}
