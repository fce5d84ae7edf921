namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>A GoogleSQL type; ARRAY has an element, STRUCT has fields, all others neither.</summary>
internal sealed partial record SqlType(string Name, SqlType? Element = null, IReadOnlyList<SqlColumn>? Fields = null)
{
    private static readonly Dictionary<string, string> Canonical = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STRING"] = "STRING", ["BYTES"] = "BYTES", ["JSON"] = "JSON", ["GEOGRAPHY"] = "STRING",
        ["INT64"] = "INT64", ["INT"] = "INT64", ["INTEGER"] = "INT64", ["BIGINT"] = "INT64", ["SMALLINT"] = "INT64", ["TINYINT"] = "INT64", ["BYTEINT"] = "INT64",
        ["FLOAT64"] = "FLOAT64", ["FLOAT"] = "FLOAT64", ["BOOL"] = "BOOL", ["BOOLEAN"] = "BOOL",
        ["NUMERIC"] = "NUMERIC", ["DECIMAL"] = "NUMERIC", ["BIGNUMERIC"] = "BIGNUMERIC", ["BIGDECIMAL"] = "BIGNUMERIC",
        ["TIMESTAMP"] = "TIMESTAMP", ["DATETIME"] = "DATETIME", ["DATE"] = "DATE", ["TIME"] = "TIME",
    };

    public static readonly SqlType String = new("STRING");
    public static readonly SqlType Json = new("JSON");

    public bool IsArray => Element is not null;

    /// <summary>The type as INFORMATION_SCHEMA writes it, such as ARRAY&lt;STRUCT&lt;a INT64&gt;&gt;.</summary>
    public string Sql => Element is { } element ? $"ARRAY<{element.Sql}>"
        : Fields is { } fields ? $"STRUCT<{string.Join(", ", fields.Select(column => $"{column.Name} {column.Type.Sql}"))}>"
        : Name;

    /// <summary>The type as table schemas write it: INTEGER, FLOAT, BOOLEAN and RECORD have kept their old names.</summary>
    public string Rest => (Element ?? this).Name switch
    {
        "INT64" => "INTEGER",
        "FLOAT64" => "FLOAT",
        "BOOL" => "BOOLEAN",
        "STRUCT" => "RECORD",
        var name => name,
    };

    /// <summary>The DuckDB type that holds its values.</summary>
    public string Duck => Name switch
    {
        "ARRAY" => Element!.Duck + "[]",
        "STRUCT" => $"STRUCT({string.Join(", ", Fields!.Select(column => $"{SqlText.Name(column.Name)} {column.Type.Duck}"))})",
        "STRING" => "VARCHAR",
        "BYTES" => "BLOB",
        "INT64" => "BIGINT",
        "FLOAT64" => "DOUBLE",
        "BOOL" => "BOOLEAN",
        "NUMERIC" => "DECIMAL(38,9)",
        "BIGNUMERIC" => "DECIMAL(38,18)",
        "TIMESTAMP" => "TIMESTAMPTZ",
        "DATETIME" => "TIMESTAMP",
        var name => name,
    };

    public bool HoldsJson => Name == "JSON" || Element is { HoldsJson: true } || (Fields?.Any(column => column.Type.HoldsJson) ?? false);

    public static bool IsKnown(string name) => Canonical.ContainsKey(name);

    public static SqlType Scalar(string name) =>
        Canonical.TryGetValue(name, out var canonical) ? new(canonical) : throw BigQueryFault.InvalidQuery($"Type not found: {name}");

    public static SqlType ArrayOf(SqlType element) => new("ARRAY", element);

    public static SqlType StructOf(IReadOnlyList<SqlColumn> fields) => new("STRUCT", null, fields);
}

/// <summary>A column or a field of a STRUCT.</summary>
internal sealed record SqlColumn(string Name, SqlType Type, bool Required = false, string? Description = null)
{
    public string DuckDefinition => $"{SqlText.Name(Name)} {Type.Duck}{(Required ? " NOT NULL" : "")}";
}
