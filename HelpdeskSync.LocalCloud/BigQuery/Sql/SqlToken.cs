namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal enum SqlTokenKind
{
    Word,
    QuotedName,
    Text,
    Bytes,
    Number,
    Parameter,
    Symbol,
    End,
}

/// <summary>One piece of GoogleSQL; <c>Value</c> is what it means (escapes resolved), <c>Start</c> and <c>End</c> where it stands.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Value == symbol;
}
