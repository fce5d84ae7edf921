namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a part of a run's work asked of BigQuery.</summary>
/// <param name="Statements">Statements and queries; loads are free and are not counted.</param>
/// <param name="BytesBilled">Bytes billed for them.</param>
public sealed record QueryCost(long Statements, long BytesBilled)
{
    /// <summary>Nothing.</summary>
    public static QueryCost None { get; } = new(0, 0);

    /// <summary>Both together; null counts as nothing.</summary>
    public QueryCost Plus(QueryCost? other) => other is null ? this : new(Statements + other.Statements, BytesBilled + other.BytesBilled);
}
