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

    /// <summary>BIGNUMERIC: at least 38 digits before and 38 after the point; only where an adopted table has it, never guessed.</summary>
    BigNumeric,

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

    /// <summary>A type that this app does not write: BYTES, RECORD, an array, or one with a length of its own. Values go to side columns.</summary>
    Foreign,
}
