namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What became of observations, counted.</summary>
/// <param name="Inserted">Versions opened, or inserted between others.</param>
/// <param name="Closed">Records closed because they are gone.</param>
/// <param name="Unchanged">Observations of what stands already.</param>
/// <param name="Stale">Observations older than what stands.</param>
/// <param name="BytesBilled">Bytes billed.</param>
/// <param name="Statements">Statements run for them; of statements that were shared with others a share, so that sums are true.</param>
public sealed record WriteCounts(long Inserted, long Closed, long Unchanged, long Stale, long BytesBilled, long Statements)
{
    /// <summary>Nothing written.</summary>
    public static WriteCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>What they cost.</summary>
    internal QueryCost Cost => new(Statements, BytesBilled);

    /// <summary>The same counts, and the cost of more statements that were run for them.</summary>
    internal WriteCounts Plus(QueryCost cost) => this with { BytesBilled = BytesBilled + cost.BytesBilled, Statements = Statements + cost.Statements };

    /// <summary>Both together.</summary>
    public WriteCounts Plus(WriteCounts other) => new(
        Inserted + other.Inserted, Closed + other.Closed, Unchanged + other.Unchanged, Stale + other.Stale,
        BytesBilled + other.BytesBilled, Statements + other.Statements);
}
