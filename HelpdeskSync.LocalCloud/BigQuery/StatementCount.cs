namespace HelpdeskSync.LocalCloud.BigQuery;

/// <summary>Statements of one kind on one table: how many, bytes billed, rows changed or loaded.</summary>
public sealed record StatementCount(string Type, string Table, long Count, long BytesBilled, long Rows);
