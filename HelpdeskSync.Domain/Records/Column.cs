namespace HelpdeskSync.Domain.Records;

/// <summary>A column of a history table.</summary>
/// <param name="Name">A legal BigQuery name; names that differ only in case are the same column.</param>
/// <param name="Type">What it holds.</param>
public sealed record Column(string Name, ColumnType Type);
