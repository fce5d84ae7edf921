namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal static partial class Functions
{
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, string>>> JsonAndArrays =>
    [
        Of("JSON_VALUE", 1, 2, JsonValue),
        Of("JSON_EXTRACT_SCALAR", 1, 2, JsonValue),
        Of("JSON_QUERY", 1, 2, JsonQuery),
        Of("JSON_EXTRACT", 1, 2, JsonQuery),
        Of("JSON_QUERY_ARRAY", 1, 2, JsonQueryArray),
        Of("JSON_EXTRACT_ARRAY", 1, 2, JsonQueryArray),
        Of("JSON_VALUE_ARRAY", 1, 2, call => $"list_transform({JsonQueryArray(call)}, lambda e : json_extract_string(e, '$'))"),
        Of("JSON_TYPE", 1, 1, call => $"bq_json_type({call[0]})"),
        Of("PARSE_JSON", 1, 1, call => $"CAST({call[0]} AS JSON)"),
        Of("TO_JSON", 1, 1, call => $"to_json({call[0]})"),
        Of("TO_JSON_STRING", 1, 1, call => $"bq_to_json_string({call[0]})"),
        Of("INT64", 1, 1, call => $"CAST({call[0]} AS BIGINT)"),
        Of("FLOAT64", 1, 1, call => $"CAST({call[0]} AS DOUBLE)"),
        Of("BOOL", 1, 1, call => $"CAST({call[0]} AS BOOLEAN)"),
        Of("GENERATE_ARRAY", 2, 3, call => $"generate_series({call.All})"),
        Of("GENERATE_DATE_ARRAY", 2, 3, call => $"list_transform(generate_series({call[0]}, {call[1]}, {(call.Count > 2 ? call[2] : "INTERVAL 1 DAY")}), lambda e : CAST(e AS DATE))"),
        Of("GENERATE_TIMESTAMP_ARRAY", 3, 3, call => $"generate_series({call.All})"),
        Of("ARRAY_TO_STRING", 2, 3, call => call.Count == 2 ? $"array_to_string({call.All})" : $"array_to_string(list_transform({call[0]}, lambda e : coalesce(e, {call[2]})), {call[1]})"),
        Of("ARRAY_LENGTH", 1, 1, call => $"len({call[0]})"),
        Of("ARRAY_REVERSE", 1, 1, call => $"list_reverse({call[0]})"),
        Of("ARRAY_CONCAT", 1, 9, call => $"({string.Join(" || ", call.Arguments.Select(argument => argument.Text))})"),
        Of("ARRAY_FIRST", 1, 1, call => $"({call[0]})[1]"),
        Of("ARRAY_LAST", 1, 1, call => $"({call[0]})[-1]"),
    ];

    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, string>>> Aggregates =>
    [
        Of("LOGICAL_OR", 1, 1, call => $"bool_or({call[0]})"),
        Of("LOGICAL_AND", 1, 1, call => $"bool_and({call[0]})"),
        Of("APPROX_COUNT_DISTINCT", 1, 1, call => $"count(DISTINCT {call[0]})"),
        Of("APPROX_QUANTILES", 2, 2, ApproximateQuantiles),
        Of("PERCENTILE_CONT", 2, 2, call => $"quantile_cont({call.All})"),
        Of("ANY_VALUE", 1, 1, call => call.Having is { } having ? $"arg_{having.Kind.ToLowerInvariant()}({call[0]}, {having.Value})" : $"any_value({call[0]})"),
        Of("ARRAY_AGG", 1, 1, call => Aggregate("array_agg", call)),
        Of("STRING_AGG", 1, 2, call => call.Limit is null ? Aggregate("string_agg", call) : $"array_to_string(({Aggregate("array_agg", call with { Arguments = [call.Arguments[0]], IgnoreNulls = true })}), {(call.Count > 1 ? call[1] : "','")})"),
        Of("ARRAY_CONCAT_AGG", 1, 1, call => $"flatten(array_agg({call[0]}{call.OrderBy}))"),
        Of("MAX_BY", 2, 2, call => $"arg_max({call.All})"),
        Of("MIN_BY", 2, 2, call => $"arg_min({call.All})"),
    ];

    private static string Aggregate(string name, FunctionCall call)
    {
        var separator = name == "string_agg" && call.Count == 1 ? ", ','" : "";
        var plain = call[0].StartsWith("DISTINCT ", StringComparison.Ordinal) ? call[0]["DISTINCT ".Length..] : call[0];
        var all = $"{name}({call.All}{separator}{call.OrderBy}){(call.IgnoreNulls ? $" FILTER (WHERE ({plain}) IS NOT NULL)" : "")}";
        return call.Limit is null ? all : $"({all})[1:{call.Limit.Trim()}]";
    }

    private static string ApproximateQuantiles(FunctionCall call)
    {
        var steps = call.Arguments[1].Single is { Kind: SqlTokenKind.Number } token && int.TryParse(token.Value, out var number) && number is > 0 and <= 1000
            ? number
            : throw BigQueryFault.Unsupported("APPROX_QUANTILES with a number that is not a literal from 1 to 1000");
        return $"quantile_disc({call[0]}, [{string.Join(", ", Enumerable.Range(0, steps + 1).Select(step => $"{step} / {steps}::DOUBLE"))}])";
    }

    private static string Path(FunctionCall call) => call.Count > 1 ? call[1] : "'$'";

    /// <summary>json_value keeps a text's quotes and answers NULL for objects and arrays, as it should; reading its answer once more takes the quotes off.</summary>
    private static string JsonValue(FunctionCall call) => $"json_extract_string(json_value({call[0]}, {Path(call)}), '$')";

    private static string JsonQuery(FunctionCall call) => $"bq_json_query({call[0]}, {Path(call)})";

    private static string JsonQueryArray(FunctionCall call) =>
        $"CAST(json_extract({call[0]}, {(call.Count > 1 ? $"{call[1]} || '[*]'" : "'$[*]'")}) AS JSON[])";
}
