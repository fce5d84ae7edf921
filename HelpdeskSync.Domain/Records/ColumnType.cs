namespace HelpdeskSync.Domain.Records;

/// <summary>The BigQuery column types the history tables use.</summary>
public enum ColumnType
{
    /// <summary>STRING.</summary>
    String,

    /// <summary>BOOL.</summary>
    Bool,

    /// <summary>INT64.</summary>
    Int64,

    /// <summary>NUMERIC: up to 29 digits before and 9 after the point.</summary>
    Numeric,

    /// <summary>FLOAT64.</summary>
    Float64,

    /// <summary>TIMESTAMP; only where an adopted table has it, never guessed.</summary>
    Timestamp,

    /// <summary>DATE; only where an adopted table has it, never guessed.</summary>
    Date,

    /// <summary>DATETIME; only where an adopted table has it, never guessed.</summary>
    DateTime,

    /// <summary>JSON; only where an adopted table has it, never chosen.</summary>
    Json,
}
