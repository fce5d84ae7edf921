namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>GoogleSQL's functions in DuckDB's words. A function that stands in none of the tables is refused by name.</summary>
internal static partial class Functions
{
    private static readonly Dictionary<string, Func<FunctionCall, string>> Writers = All();

    /// <summary>Functions that mean the same in both.</summary>
    private static readonly HashSet<string> Same = new(
        ("COUNT SUM MIN MAX ANY_VALUE STDDEV STDDEV_SAMP STDDEV_POP VARIANCE VAR_SAMP VAR_POP CORR BIT_AND BIT_OR BIT_XOR "
        + "ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE "
        + "ABS SIGN SQRT EXP LN LOG10 FLOOR CEIL CEILING POW POWER SIN COS TAN ASIN ACOS ATAN ATAN2 MOD IF IFNULL COALESCE NULLIF "
        + "LOWER UPPER TRIM LTRIM RTRIM LENGTH REPLACE REVERSE REPEAT STARTS_WITH ENDS_WITH LEFT RIGHT ASCII CHR TRANSLATE "
        + "STRPOS CHAR_LENGTH CHARACTER_LENGTH GROUPING UNICODE").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> Renamed = new(["CHAR_LENGTH", "CHARACTER_LENGTH"], StringComparer.Ordinal);

    public static string Write(FunctionCall call) =>
        Writers.TryGetValue(call.Name, out var writer) ? writer(call)
        : call.Name == "AVG" ? Average(call.Wants(1, 1))
        : Same.Contains(call.Name) ? Plain(Renamed.Contains(call.Name) ? "length" : call.Name.ToLowerInvariant(), call)
        : throw BigQueryFault.Unsupported($"the function {call.Name}");

    // Of NUMERIC it would be FLOAT64.
    private static string Average(FunctionCall call)
    {
        const string Distinct = "DISTINCT ";
        var (mark, value) = call[0].StartsWith(Distinct, StringComparison.OrdinalIgnoreCase) ? (Distinct, call[0][Distinct.Length..]) : ("", call[0]);
        return Plain("avg", call with { Arguments = [new($"{mark}bq_no_numeric({value}, 'AVG of NUMERIC')", null)] });
    }

    private static string Plain(string name, FunctionCall call)
    {
        if (call.Having is not null || call.Limit is not null)
        {
            throw BigQueryFault.Unsupported($"{call.Name} with HAVING or LIMIT inside");
        }

        return $"{name}({call.All}{(call.IgnoreNulls ? " IGNORE NULLS" : "")}{call.OrderBy})";
    }

    private static Dictionary<string, Func<FunctionCall, string>> All()
    {
        var all = new Dictionary<string, Func<FunctionCall, string>>(StringComparer.Ordinal);
        foreach (var (name, writer) in Texts.Concat(Times).Concat(JsonAndArrays).Concat(Aggregates))
        {
            all.Add(name, writer);
        }

        return all;
    }

    private static KeyValuePair<string, Func<FunctionCall, string>> Of(string name, int least, int most, Func<FunctionCall, string> write) =>
        new(name, call => write(call.Wants(least, most)));

    private static string NullIfAnyIsNull(FunctionCall call, string text) =>
        $"CASE WHEN {string.Join(" OR ", call.Arguments.Select(argument => $"({argument.Text}) IS NULL"))} THEN NULL ELSE {text} END";
}
