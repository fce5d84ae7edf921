using System.Text.RegularExpressions;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal static partial class Functions
{
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, string>>> Texts =>
    [
        // DuckDB's CONCAT, GREATEST and LEAST skip NULLs; BigQuery's answer NULL.
        Of("CONCAT", 1, 99, call => $"({string.Join(" || ", call.Arguments.Select(argument => $"({argument.Text})"))})"),
        Of("GREATEST", 1, 99, call => NullIfAnyIsNull(call, $"greatest({call.All})")),
        Of("LEAST", 1, 99, call => NullIfAnyIsNull(call, $"least({call.All})")),
        // DuckDB's COUNTIF of no rows is NULL; BigQuery's is 0.
        Of("COUNTIF", 1, 1, call => $"count(CASE WHEN {call[0]} THEN 1 END)"),
        Of("BYTE_LENGTH", 1, 1, call => $"strlen({call[0]})"),
        Of("INSTR", 2, 2, call => $"strpos({call.All})"),
        // Position 0 is the first character, too.
        Of("SUBSTR", 2, 3, Substring),
        Of("SUBSTRING", 2, 3, Substring),
        Of("LPAD", 2, 3, call => $"lpad({call[0]}, CAST({call[1]} AS INTEGER), {(call.Count > 2 ? call[2] : "' '")})"),
        Of("RPAD", 2, 3, call => $"rpad({call[0]}, CAST({call[1]} AS INTEGER), {(call.Count > 2 ? call[2] : "' '")})"),
        Of("CONTAINS_SUBSTR", 2, 2, call => $"contains(lower({call[0]}), lower({call[1]}))"),
        Of("SAFE_CONVERT_BYTES_TO_STRING", 1, 1, call => $"TRY(decode({call[0]}))"),
        Of("FORMAT", 1, 99, Printf),
        Of("ROUND", 1, 2, call => call.Count == 1 ? $"round({call[0]})" : $"round({call[0]}, CAST({call[1]} AS INTEGER))"),
        Of("SPLIT", 1, 2, call => $"string_split({call[0]}, {(call.Count > 1 ? call[1] : "','")})"),
        Of("REGEXP_CONTAINS", 2, 2, call => $"regexp_matches({call.All})"),
        Of("REGEXP_REPLACE", 3, 3, call => $"regexp_replace({call.All}, 'g')"),
        Of("REGEXP_EXTRACT", 2, 2, call => $"CASE WHEN regexp_matches({call.All}) THEN regexp_extract({call.All}, {Group(call)}) END"),
        Of("REGEXP_EXTRACT_ALL", 2, 2, call => $"regexp_extract_all({call.All}, {Group(call)})"),
        Of("SAFE_DIVIDE", 2, 2, call => $"(({call[0]}) / NULLIF({call[1]}, 0))"),
        Of("DIV", 2, 2, call => $"CAST(trunc(({call[0]}) / ({call[1]})) AS BIGINT)"),
        Of("IEEE_DIVIDE", 2, 2, call => $"(CAST({call[0]} AS DOUBLE) / {call[1]})"),
        Of("TRUNC", 1, 1, call => $"trunc({call[0]})"),
        Of("LOG", 1, 2, call => call.Count == 1 ? $"ln({call[0]})" : $"(ln({call[0]}) / ln({call[1]}))"),
        Of("RAND", 0, 0, _ => "random()"),
        Of("GENERATE_UUID", 0, 0, _ => "CAST(uuid() AS VARCHAR)"),
        Of("IS_NAN", 1, 1, call => $"isnan({call[0]})"),
        Of("IS_INF", 1, 1, call => $"isinf({call[0]})"),
        Of("SHA256", 1, 1, call => $"unhex(sha256({call[0]}))"),
        Of("SHA1", 1, 1, call => $"unhex(sha1({call[0]}))"),
        Of("MD5", 1, 1, call => $"unhex(md5({call[0]}))"),
        Of("TO_HEX", 1, 1, call => $"lower(hex({call[0]}))"),
        Of("FROM_HEX", 1, 1, call => $"unhex({call[0]})"),
        Of("TO_BASE64", 1, 1, call => $"to_base64({call[0]})"),
        Of("FROM_BASE64", 1, 1, call => $"from_base64({call[0]})"),
        Of("ERROR", 1, 1, call => $"error({call[0]})"),
        Of("SESSION_USER", 0, 0, _ => "'local@local'"),
    ];

    private static string Substring(FunctionCall call) =>
        $"substr({call[0]}, CASE WHEN ({call[1]}) = 0 THEN 1 ELSE {call[1]} END{(call.Count > 2 ? $", {call[2]}" : "")})";

    private static string Printf(FunctionCall call) => PrintfFormat().IsMatch(call.Literal(0))
        ? $"printf({call.All})"
        : throw BigQueryFault.Unsupported("FORMAT with other elements than %s, %d, %i, %f, %e, %g, %x, %o and %%");

    [GeneratedRegex("^([^%]|%%|%[-+ 0]*[0-9]*(\\.[0-9]+)?[sdifegxo])*$")]
    private static partial Regex PrintfFormat();

    /// <summary>REGEXP_EXTRACT answers the group when the expression has one, else the whole match.</summary>
    private static string Group(FunctionCall call)
    {
        var pattern = call.Literal(1);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == '(' && !(i + 1 < pattern.Length && pattern[i + 1] == '?'))
            {
                return "1";
            }
        }

        return "0";
    }
}
