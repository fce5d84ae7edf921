using Google.Cloud.BigQuery.V2;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Reads values that a query's text says are there.</summary>
internal static class RowValues
{
    /// <summary>A STRING that is not NULL.</summary>
    public static string Text(this BigQueryRow row, string column) => (string)row[column]!;

    /// <summary>A BOOL that is not NULL.</summary>
    public static bool Flag(this BigQueryRow row, string column) => (bool)row[column]!;

    /// <summary>An INT64 that is not NULL.</summary>
    public static long Number(this BigQueryRow row, string column) => (long)row[column]!;

    /// <summary>A TIMESTAMP that is not NULL, in UTC.</summary>
    public static DateTime Time(this BigQueryRow row, string column) => (DateTime)row[column]!;
}
