using Google.Apis.Bigquery.v2.Data;
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
        ColumnType.BigNumeric => "BIGNUMERIC",
        ColumnType.Float64 => "FLOAT64",
        ColumnType.Timestamp => "TIMESTAMP",
        ColumnType.Date => "DATE",
        ColumnType.DateTime => "DATETIME",
        ColumnType.Json => "JSON",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a column type."),
    };

    /// <summary>The type of a column, as the REST API's table schemas tell it.</summary>
    public static ColumnType FromRest(TableFieldSchema field)
    {
        var isPlain = field.Mode != "REPEATED" && field.MaxLength is null && field.Precision is null;
        return !isPlain ? ColumnType.Foreign : field.Type!.ToUpperInvariant() switch
        {
            "STRING" => ColumnType.String,
            "BOOL" or "BOOLEAN" => ColumnType.Bool,
            "INT64" or "INTEGER" => ColumnType.Int64,
            "NUMERIC" => ColumnType.Numeric,
            "BIGNUMERIC" => ColumnType.BigNumeric,
            "FLOAT64" or "FLOAT" => ColumnType.Float64,
            "TIMESTAMP" => ColumnType.Timestamp,
            "DATE" => ColumnType.Date,
            "DATETIME" => ColumnType.DateTime,
            "JSON" => ColumnType.Json,
            _ => ColumnType.Foreign,
        };
    }

    /// <summary>Makes a column's value of a text.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="text">A STRING expression.</param>
    public static string FromText(ColumnType type, string text) => type switch
    {
        ColumnType.String => text,
        ColumnType.Json => $"PARSE_JSON({text})",
        _ => $"CAST({text} AS {Sql(type)})",
    };
}
