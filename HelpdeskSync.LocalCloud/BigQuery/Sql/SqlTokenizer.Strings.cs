using System.Globalization;
using System.Text;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTokenizer
{
    /// <summary>Reads '..', "..", '''..''' and """..""", with the prefixes r (raw), b (bytes) and both, in either case.</summary>
    private bool TryReadString()
    {
        var at = position;
        var raw = false;
        var bytes = false;
        for (; at < sql.Length && at - position < 2 && sql[at] is 'r' or 'R' or 'b' or 'B'; at++)
        {
            raw |= sql[at] is 'r' or 'R';
            bytes |= sql[at] is 'b' or 'B';
        }

        if (at >= sql.Length || sql[at] is not ('\'' or '"'))
        {
            return false;
        }

        var quote = new string(sql[at], string.CompareOrdinal(sql, at, new string(sql[at], 3), 0, 3) == 0 ? 3 : 1);
        var end = FindClosing(quote, at + quote.Length);
        var body = sql[(at + quote.Length)..end];
        var value = raw ? body : Unescape(body, position);
        tokens.Add(new(bytes ? SqlTokenKind.Bytes : SqlTokenKind.Text, value, position, end + quote.Length));
        position = end + quote.Length;
        return true;
    }

    private int FindClosing(string quote, int from)
    {
        for (var at = from; at < sql.Length; at++)
        {
            if (sql[at] == '\\')
            {
                at++;
            }
            else if (string.CompareOrdinal(sql, at, quote, 0, quote.Length) == 0)
            {
                return at;
            }
            else if (sql[at] == '\n' && quote.Length == 1)
            {
                break;
            }
        }

        throw Wrong("Unclosed string literal", position);
    }

    private string Unescape(string body, int start)
    {
        if (!body.Contains('\\', StringComparison.Ordinal))
        {
            return body;
        }

        var text = new StringBuilder(body.Length);
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '\\')
            {
                text.Append(body[at]);
                continue;
            }

            at++;
            at += AppendEscape(text, body, at, start);
        }

        return text.ToString();
    }

    /// <summary>Appends what the escape at <paramref name="at"/> means.</summary>
    /// <returns>How many characters beyond the first it took.</returns>
    private int AppendEscape(StringBuilder text, string body, int at, int start)
    {
        const string Letters = "abfnrtv";
        const string Meanings = "\a\b\f\n\r\t\v";
        var c = at < body.Length ? body[at] : '\0';
        var simple = Letters.IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            text.Append(Meanings[simple]);
            return 0;
        }

        if (c is '\\' or '?' or '"' or '\'' or '`' or '\n')
        {
            text.Append(c);
            return 0;
        }

        var (skip, digits, radix) = c switch
        {
            'x' or 'X' => (1, 2, 16),
            'u' => (1, 4, 16),
            'U' => (1, 8, 16),
            >= '0' and <= '3' => (0, 3, 8),
            _ => throw Wrong($"Illegal escape sequence: \\{c}", start),
        };
        if (at + skip + digits > body.Length)
        {
            throw Wrong($"Illegal escape sequence: \\{c}", start);
        }

        text.Append(char.ConvertFromUtf32(Code(body.Substring(at + skip, digits), radix, start)));
        return skip + digits - 1;
    }

    private int Code(string digits, int radix, int start)
    {
        try
        {
            return Convert.ToInt32(digits, radix);
        }
        catch (FormatException)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"Illegal escape sequence with digits {digits}"), start);
        }
    }
}
