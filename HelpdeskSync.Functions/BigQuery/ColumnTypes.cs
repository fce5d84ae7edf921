using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Column types as GoogleSQL and the REST API name them.</summary>
internal static class ColumnTypes
{
    /// <summary>The name in GoogleSQL, for DDL and casts.</summary>
    public static string Sql(ColumnType type) => type switch
    {
        ColumnType.String => "STRING",
        ColumnType.Bool => "BOOL",
        ColumnType.Int64 => "INT64",
        ColumnType.Numeric => "NUMERIC",
        ColumnType.Float64 => "FLOAT64",
        ColumnType.Timestamp => "TIMESTAMP",
        ColumnType.Date => "DATE",
        ColumnType.DateTime => "DATETIME",
        ColumnType.Json => "JSON",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a column type."),
    };

    /// <summary>The type behind a name of the REST API's table schemas; null for one this app never makes (BYTES, RECORD ...).</summary>
    public static ColumnType? FromRest(string name) => name.ToUpperInvariant() switch
    {
        "STRING" => ColumnType.String,
        "BOOL" or "BOOLEAN" => ColumnType.Bool,
        "INT64" or "INTEGER" => ColumnType.Int64,
        "NUMERIC" => ColumnType.Numeric,
        "FLOAT64" or "FLOAT" => ColumnType.Float64,
        "TIMESTAMP" => ColumnType.Timestamp,
        "DATE" => ColumnType.Date,
        "DATETIME" => ColumnType.DateTime,
        "JSON" => ColumnType.Json,
        _ => null,
    };

    /// <summary>Takes a column out of a batch row <c>r</c> in its own type.</summary>
    public static string Extract(Column column)
    {
        var text = $"JSON_VALUE(r, '$.{column.Name}')";
        return column.Type switch
        {
            ColumnType.String => text,
            ColumnType.Json => $"PARSE_JSON({text})",
            ColumnType.Timestamp => $"CAST({text} AS TIMESTAMP)",
            _ => $"CAST({text} AS {Sql(column.Type)})",
        };
    }
}
