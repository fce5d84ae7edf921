namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>One argument, translated; <c>Single</c> is its only token, when it has just one.</summary>
internal sealed record FunctionArgument(string Text, SqlToken? Single);

/// <summary>A call, its arguments translated and what GoogleSQL allows behind the last one taken off.</summary>
internal sealed record FunctionCall(string Name, IReadOnlyList<FunctionArgument> Arguments)
{
    public bool IgnoreNulls { get; init; }

    public string? Limit { get; init; }

    /// <summary>MAX or MIN, and the value, of HAVING MAX x.</summary>
    public (string Kind, string Value)? Having { get; init; }

    /// <summary>ORDER BY and what follows it, inside an aggregate.</summary>
    public string OrderBy { get; init; } = "";

    public string this[int index] => Arguments[index].Text;

    public string All => string.Join(", ", Arguments.Select(argument => argument.Text));

    public int Count => Arguments.Count;

    public FunctionCall Wants(int least, int most) => Count >= least && Count <= most
        ? this
        : throw BigQueryFault.InvalidQuery($"No matching signature for function {Name}: it has {Count} arguments, wanted {(least == most ? least : $"{least} to {most}")}");

    /// <summary>An argument that must be a literal text, because it is rewritten.</summary>
    public string Literal(int index) => Arguments[index].Single is { Kind: SqlTokenKind.Text } token
        ? token.Value
        : throw BigQueryFault.Unsupported($"{Name} with an argument {index + 1} that is not a literal");

    /// <summary>An argument that must be a bare word, such as DAY.</summary>
    public string Word(int index) => Arguments[index].Single is { Kind: SqlTokenKind.Word } token
        ? token.Value.ToUpperInvariant()
        : throw BigQueryFault.Unsupported($"{Name} with \"{Arguments[index].Text}\" as its argument {index + 1}");
}
