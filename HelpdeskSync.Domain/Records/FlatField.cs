using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>One field of a flattened record: a column's name, and a value as BigQuery text.</summary>
/// <param name="Name">A legal BigQuery column name, unique in the record without regard to case.</param>
/// <param name="Type">The narrowest column type that holds the value exactly; null for a JSON null, which fits any.</param>
/// <param name="Text">Strings as they are, numbers as written in the JSON, <c>true</c>/<c>false</c>, arrays and empty objects as compact
/// JSON; null for null.</param>
/// <param name="Kind">What the value was in the record.</param>
public sealed record FlatField(string Name, ColumnType? Type, string? Text, JsonValueKind Kind);
