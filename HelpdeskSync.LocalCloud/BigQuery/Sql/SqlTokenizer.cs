using System.Globalization;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>Cuts GoogleSQL into tokens: comments dropped, strings unescaped, the last token is always <see cref="SqlTokenKind.End"/>.</summary>
internal sealed partial class SqlTokenizer(string sql)
{
    private static readonly string[] Symbols =
        ["=>", "<=", ">=", "<>", "!=", "||", "<<", ">>", "|>", "@@", "(", ")", ",", ".", ";", "+", "-", "*", "/", "<", ">", "=", "[", "]", "{", "}", "&", "|", "^", "~", "?", ":"];

    private readonly List<SqlToken> tokens = [];
    private int position;

    public static List<SqlToken> Tokenize(string sql) => new SqlTokenizer(sql).Run();

    /// <summary>Where an offset stands, as BigQuery writes it: <c>[line:column]</c>, both from 1.</summary>
    public static string Place(string sql, int offset)
    {
        var before = sql.AsSpan(0, Math.Min(offset, sql.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        return string.Create(CultureInfo.InvariantCulture, $"[{line}:{column}]");
    }

    private List<SqlToken> Run()
    {
        while (SkipBlanksAndComments())
        {
            ReadToken();
        }

        tokens.Add(new(SqlTokenKind.End, "", sql.Length, sql.Length));
        return tokens;
    }

    private bool SkipBlanksAndComments()
    {
        while (position < sql.Length)
        {
            if (char.IsWhiteSpace(sql[position]))
            {
                position++;
            }
            else if (sql[position] == '#' || At("--"))
            {
                var end = sql.IndexOf('\n', position);
                position = end < 0 ? sql.Length : end + 1;
            }
            else if (At("/*"))
            {
                var end = sql.IndexOf("*/", position + 2, StringComparison.Ordinal);
                position = end < 0 ? throw Wrong("Unclosed comment", position) : end + 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadToken()
    {
        var c = sql[position];
        if (TryReadString())
        {
            return;
        }

        if (c == '`')
        {
            ReadQuotedName();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && Peek(1) is { } next && char.IsAsciiDigit(next) && !AfterOperand()))
        {
            ReadNumber();
        }
        else if (IsWordStart(c))
        {
            Add(SqlTokenKind.Word, position, WordEnd(position));
        }
        else if (c == '@' && Peek(1) is { } first && IsWordStart(first))
        {
            var end = WordEnd(position + 1);
            tokens.Add(new(SqlTokenKind.Parameter, sql[(position + 1)..end], position, end));
            position = end;
        }
        else
        {
            ReadSymbol();
        }
    }

    private void ReadQuotedName()
    {
        var end = position + 1;
        while (end < sql.Length && sql[end] != '`')
        {
            end += sql[end] == '\\' ? 2 : 1;
        }

        if (end >= sql.Length)
        {
            throw Wrong("Unclosed identifier literal", position);
        }

        var name = Unescape(sql[(position + 1)..end], position);
        tokens.Add(new(SqlTokenKind.QuotedName, name.Length > 0 ? name : throw Wrong("Invalid empty identifier", position), position, end + 1));
        position = end + 1;
    }

    private void ReadNumber()
    {
        var end = position;
        if (At("0x") || At("0X"))
        {
            end += 2;
            while (end < sql.Length && char.IsAsciiHexDigit(sql[end]))
            {
                end++;
            }
        }
        else
        {
            end = DecimalEnd();
        }

        Add(SqlTokenKind.Number, position, end);
    }

    private int DecimalEnd()
    {
        var end = SkipDigits(position);
        if (end < sql.Length && sql[end] == '.')
        {
            end = SkipDigits(end + 1);
        }

        if (end < sql.Length && sql[end] is 'e' or 'E')
        {
            var digits = end + 1 < sql.Length && sql[end + 1] is '+' or '-' ? end + 2 : end + 1;
            end = digits < sql.Length && char.IsAsciiDigit(sql[digits]) ? SkipDigits(digits) : end;
        }

        return end;
    }

    private void ReadSymbol()
    {
        var symbol = Array.Find(Symbols, At)
            ?? throw Wrong($"Illegal input character \"{sql[position]}\"", position);
        tokens.Add(new(SqlTokenKind.Symbol, symbol, position, position + symbol.Length));
        position += symbol.Length;
    }

    private void Add(SqlTokenKind kind, int start, int end)
    {
        tokens.Add(new(kind, sql[start..end], start, end));
        position = end;
    }

    private bool AfterOperand() => tokens.Count > 0 && tokens[^1].End == position && tokens[^1].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    private char? Peek(int ahead) => position + ahead < sql.Length ? sql[position + ahead] : null;

    private bool At(string text) => string.CompareOrdinal(sql, position, text, 0, text.Length) == 0;

    private int SkipDigits(int from)
    {
        while (from < sql.Length && char.IsAsciiDigit(sql[from]))
        {
            from++;
        }

        return from;
    }

    private int WordEnd(int from)
    {
        while (from < sql.Length && (IsWordStart(sql[from]) || char.IsAsciiDigit(sql[from])))
        {
            from++;
        }

        return from;
    }

    private static bool IsWordStart(char c) => c == '_' || char.IsLetter(c);

    private BigQueryFault Wrong(string what, int at) => BigQueryFault.InvalidQuery($"Syntax error: {what} at {Place(sql, at)}");
}
