using System.Text;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>
/// Turns GoogleSQL into DuckDB's SQL, token by token: names, literals, types, functions and the FROM clause are understood and rewritten,
/// operators and clauses that mean the same in both pass. What has no counterpart is refused by name.
/// </summary>
internal sealed partial class SqlTranslator
{
    private readonly string sql;
    private readonly List<SqlToken> tokens;
    private readonly SqlContext context;
    private readonly List<TableName> tables = [];
    private readonly HashSet<TableName> stars = [];
    private StringBuilder output = new();
    private HashSet<string> parameters = [];
    private int at;

    private SqlTranslator(string sql, List<SqlToken> tokens, SqlContext context)
    {
        this.sql = sql;
        this.tokens = tokens;
        this.context = context;
    }

    /// <summary>The statements of a text, in order; at least one.</summary>
    /// <exception cref="BigQueryFault">The text is wrong, or uses what the local BigQuery does not have.</exception>
    public static IReadOnlyList<SqlStatement> Translate(string sql, SqlContext context)
    {
        var statements = new List<SqlStatement>();
        var statement = new List<SqlToken>();
        foreach (var token in SqlTokenizer.Tokenize(sql))
        {
            if (token.Kind != SqlTokenKind.End && !token.IsSymbol(";"))
            {
                statement.Add(token);
            }
            else if (statement.Count > 0)
            {
                statement.Add(new(SqlTokenKind.End, "", token.Start, token.Start));
                statements.Add(new SqlTranslator(sql, statement, context).Statement());
                statement = [];
            }
        }

        return statements.Count > 0 ? statements : throw BigQueryFault.InvalidQuery("Syntax error: Unexpected end of statement at [1:1]");
    }

    private SqlStatement Statement()
    {
        var statement = Current.Kind == SqlTokenKind.Word ? Current.Value.ToUpperInvariant() switch
        {
            "SELECT" or "WITH" => Select(),
            "INSERT" => Insert(),
            "UPDATE" => Update(),
            "DELETE" => Delete(),
            "MERGE" => Merge(),
            "TRUNCATE" => Truncate(),
            "CREATE" => Create(),
            "ALTER" => Alter(),
            "DROP" => Drop(),
            var other => throw Unexpected(SqlWords.ScriptWords.Contains(other) ? $"unsupported by the local BigQuery: {other} statements" : null),
        }
        : Current.IsSymbol("(") ? Select() : throw Unexpected();
        if (Current.Kind != SqlTokenKind.End)
        {
            throw Unexpected();
        }

        return statement with { Tables = [.. tables.Distinct()], Reads = Reads(statement), Stars = stars, Names = Names(tokens), Filters = SqlFilters.Of(tokens), PlaceOf = PlaceOf };
    }

    /// <summary>A statement's own target comes first and is read only when it stands in the text once more, or when rows of it are looked for.</summary>
    private TableName[] Reads(SqlStatement statement) => [.. (statement switch
    {
        SqlDropTable or SqlAlterTable or SqlChange { Type: "TRUNCATE_TABLE" } => [],
        SqlCreateTable or SqlChange { Type: "INSERT" } => tables.Skip(1),
        _ => tables,
    }).Distinct()];

    private string PlaceOf(string name)
    {
        var found = tokens.Find(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && token.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Value is null ? "" : $" at {SqlTokenizer.Place(sql, found.Start)}";
    }

    private static HashSet<string> Names(List<SqlToken> tokens) => new(
        tokens.Where(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName).SelectMany(token => token.Kind == SqlTokenKind.Word ? [token.Value] : token.Value.Split('.')),
        StringComparer.OrdinalIgnoreCase);

    private SqlQuery Select()
    {
        var json = tokens.Any(token => token.Kind == SqlTokenKind.Word && token.Value.Contains("JSON", StringComparison.OrdinalIgnoreCase));
        return new(Fragment(() => Query(outermost: true)), json);
    }

    private SqlToken Current => tokens[at];

    private SqlToken Ahead(int count) => tokens[Math.Min(at + count, tokens.Count - 1)];

    private bool IsNext(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Ahead(i).IsWord(words[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(params ReadOnlySpan<string> words)
    {
        var found = IsNext(words);
        at += found ? words.Length : 0;
        return found;
    }

    private void Take(params ReadOnlySpan<string> words)
    {
        if (!TryTake(words))
        {
            throw Unexpected();
        }
    }

    private bool TryTakeSymbol(string symbol)
    {
        var found = Current.IsSymbol(symbol);
        at += found ? 1 : 0;
        return found;
    }

    private void TakeSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Unexpected($"Expected \"{symbol}\"");
        }
    }

    private string TakeName()
    {
        var token = Current;
        if (token.Kind != SqlTokenKind.QuotedName && (token.Kind != SqlTokenKind.Word || SqlWords.IsReserved(token.Value)))
        {
            throw Unexpected("Expected a name");
        }

        at++;
        return token.Value;
    }

    private void Emit(string text)
    {
        if (output.Length > 0 && output[^1] is not ('(' or '[' or '.'))
        {
            output.Append(' ');
        }

        output.Append(text);
    }

    private string Capture(Action write)
    {
        var outer = output;
        output = new();
        var outerStart = operandStart;
        operandStart = 0;
        write();
        operandStart = outerStart;
        var text = output.ToString();
        output = outer;
        return text;
    }

    private SqlFragment Fragment(Action write)
    {
        var outer = parameters;
        parameters = [];
        var text = FillJsonPaths(Capture(write));
        var fragment = new SqlFragment(text, parameters);
        parameters = [.. outer, .. fragment.Parameters];
        return fragment;
    }

    private BigQueryFault Unexpected(string? what = null)
    {
        var found = Current.Kind == SqlTokenKind.End ? "end of statement" : $"\"{sql[Current.Start..Current.End]}\"";
        return BigQueryFault.InvalidQuery($"Syntax error: {(what is null ? $"Unexpected {found}" : $"{what} but got {found}")} at {SqlTokenizer.Place(sql, Current.Start)}");
    }
}
