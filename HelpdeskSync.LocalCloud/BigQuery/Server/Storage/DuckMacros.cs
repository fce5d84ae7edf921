namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>Functions in DuckDB's SQL that behave as GoogleSQL's where DuckDB's own do not. They take values of any type, so they work on texts.</summary>
internal static class DuckMacros
{
    private const string Whole = @"\s*[-+]?([0-9]+|0[xX][0-9a-fA-F]+)\s*";
    private const string Day = @"\s*\d{4}-\d{1,2}-\d{1,2}";
    private const string Clock = @"\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{0,9})?)?";
    private const string Zone = @"\s?(Z|z|[-+]\d{1,2}(:?\d{2})?)|\s[A-Za-z][A-Za-z0-9_/+-]*";

    public static IEnumerable<string> All =>
    [
        // CAST of texts: DuckDB rounds '1.5' to an integer, takes 't' for true and 'infinity' for a time; of fractions it rounds 2.5 to 2.
        .. Cast("int64", Whole, "bq_round(x)", "BIGINT", "Bad int64 value: "),
        .. Cast("bool", "(?i)true|false", "x", "BOOLEAN", "Bad bool value: "),
        .. Cast("timestamp", $"{Day}([ Tt]{Clock})?({Zone})?\\s*", "x", "TIMESTAMPTZ", "Invalid timestamp: "),
        .. Cast("date", $"{Day}\\s*", "x", "DATE", "Invalid date: "),
        "CREATE OR REPLACE MACRO bq_divisor(x) AS CASE WHEN x = 0 THEN error('division by zero') ELSE x END",
        "CREATE OR REPLACE MACRO bq_no_numeric(x, what) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN error('unsupported by the local BigQuery: ' || what) ELSE x END",
        .. Comparisons,
        "CREATE OR REPLACE MACRO bq_at(l, i) AS CASE WHEN i < 0 OR i >= len(l) THEN error('Array index ' || CAST(i AS VARCHAR) || ' is out of bounds') ELSE l[CAST(i + 1 AS BIGINT)] END",
        """
        CREATE OR REPLACE MACRO bq_string(x) AS CASE
            WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) = 'DOUBLE' THEN regexp_replace(CAST(x AS VARCHAR), '(\.[0-9]*[1-9])0+$|\.0*$', '\1')
            WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE'
            THEN regexp_replace(regexp_replace(CAST(x AS VARCHAR), '(\.(\d|\d{4}))\+00$', '\100+00'), '(\.(\d{2}|\d{5}))\+00$', '\10+00')
            ELSE CAST(x AS VARCHAR) END
        """,
        "CREATE OR REPLACE MACRO bq_text(x) AS CASE WHEN typeof(x) = 'JSON' THEN json_extract_string(CAST(x AS VARCHAR), '$') ELSE bq_string(x) END",
        "CREATE OR REPLACE MACRO bq_json_type(x) AS CASE json_type(x) WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'NULL' THEN 'null' ELSE 'number' END",
        // JSON_QUERY of a text is a text, of JSON is JSON.
        "CREATE OR REPLACE MACRO bq_json_query(x, p) AS json_extract(x, p)",
        // The function is a program's and takes no NULL: DuckDB hands it one nevertheless where a column holds some.
        $"CREATE OR REPLACE MACRO bq_to_json_string(x) AS CASE WHEN x IS NULL THEN 'null' ELSE {JsonText.Function}(CAST(to_json(x) AS VARCHAR), typeof(x)) END",
    ];

    // What stands beside a literal or a parameter; DuckDB would convert one of the two.
    private static IEnumerable<string> Comparisons =>
    [
        Comparison("text", "STRING", "'BOOLEAN', 'JSON'", numbers: true),
        Comparison("number", "a number", "'BOOLEAN', 'JSON', 'VARCHAR', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'BLOB'", numbers: false),
        Comparison("bool", "BOOL", "'JSON', 'VARCHAR', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'BLOB'", numbers: true),
        Comparison("timestamp", "TIMESTAMP", "'BOOLEAN', 'JSON', 'VARCHAR', 'DATE', 'TIME', 'TIMESTAMP', 'BLOB'", numbers: true),
    ];

    private static string Comparison(string name, string type, string others, bool numbers)
    {
        var wrong = $"typeof(x) IN ({others})" + (numbers ? " OR typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('BIGINT', 'INTEGER', 'HUGEINT', 'DOUBLE')" : "");
        return $"CREATE OR REPLACE MACRO bq_beside_{name}(x) AS CASE WHEN {wrong} THEN error('No matching signature for a comparison of {type} with this type: ' || typeof(x)) ELSE x END";
    }

    private static IEnumerable<string> Cast(string name, string pattern, string value, string type, string message)
    {
        if (name == "int64")
        {
            yield return """
                CREATE OR REPLACE MACRO bq_round(x) AS CASE
                    WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN regexp_replace(CAST(round(TRY_CAST(x AS DECIMAL(38,9))) AS VARCHAR), '\..*$', '')
                    WHEN typeof(x) = 'BOOLEAN' THEN CASE CAST(x AS VARCHAR) WHEN 'true' THEN '1' ELSE '0' END
                    ELSE CAST(x AS VARCHAR) END
                """;
        }

        var wrong = $"typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '{pattern}')";
        yield return $"CREATE OR REPLACE MACRO bq_safe_{name}(x) AS CASE WHEN {wrong} THEN NULL ELSE TRY_CAST({value} AS {type}) END";
        yield return $"CREATE OR REPLACE MACRO bq_{name}(x) AS CASE WHEN {wrong} THEN error('{message}' || CAST(x AS VARCHAR)) ELSE CAST({value} AS {type}) END";
    }
}
