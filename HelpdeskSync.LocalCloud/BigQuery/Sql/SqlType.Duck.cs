namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial record SqlType
{
    /// <summary>The GoogleSQL type of a DuckDB type's text, as DESCRIBE writes it.</summary>
    public static SqlType FromDuck(string text)
    {
        var at = 0;
        var type = ReadDuck(text, ref at);
        return at == text.Length ? type : throw BigQueryFault.Unsupported($"values of type {text}");
    }

    private static SqlType ReadDuck(string text, ref int at)
    {
        var type = text.AsSpan(at).StartsWith("STRUCT(") ? ReadDuckStruct(text, ref at) : ReadDuckScalar(text, ref at);
        while (at + 1 < text.Length && text[at] == '[' && text.IndexOf(']', at) is > 0 and var close)
        {
            type = ArrayOf(type);
            at = close + 1;
        }

        return type;
    }

    private static SqlType ReadDuckStruct(string text, ref int at)
    {
        var fields = new List<SqlColumn>();
        at += "STRUCT".Length;
        while (text[at] != ')')
        {
            at += text[at] == '(' ? 1 : 2;
            var name = ReadDuckName(text, ref at);
            at++;
            fields.Add(new(name, ReadDuck(text, ref at)));
        }

        at++;
        return StructOf(fields);
    }

    private static string ReadDuckName(string text, ref int at)
    {
        var start = at;
        if (text[at] != '"')
        {
            at = text.IndexOf(' ', at);
            return text[start..at];
        }

        do
        {
            at = text.IndexOf('"', at + 1) + 1;
        }
        while (at < text.Length && text[at] == '"');
        return text[(start + 1)..(at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static SqlType ReadDuckScalar(string text, ref int at)
    {
        var start = at;
        var depth = 0;
        while (at < text.Length && (depth > 0 || text[at] is not (',' or ')' or '[')))
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            at++;
        }

        return DuckScalar(text[start..at]);
    }

    private static SqlType DuckScalar(string name) => name switch
    {
        "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "HUGEINT" or "UBIGINT" or "UINTEGER" or "USMALLINT" or "UTINYINT" or "UHUGEINT" => Scalar("INT64"),
        "DOUBLE" or "FLOAT" => Scalar("FLOAT64"),
        "BOOLEAN" => Scalar("BOOL"),
        "BLOB" => Scalar("BYTES"),
        "DATE" => Scalar("DATE"),
        "TIME" => Scalar("TIME"),
        "JSON" => Json,
        "TIMESTAMP WITH TIME ZONE" => Scalar("TIMESTAMP"),
        _ when name.StartsWith("TIMESTAMP", StringComparison.Ordinal) => Scalar("DATETIME"),
        _ when name.StartsWith("DECIMAL", StringComparison.Ordinal) => Scalar("NUMERIC"),
        "VARCHAR" or "\"NULL\"" or "NULL" or "UUID" or "INTERVAL" => String,
        _ => throw BigQueryFault.Unsupported($"values of type {name}"),
    };
}
