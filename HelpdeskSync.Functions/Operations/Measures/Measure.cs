namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>What is measured, as the column <c>measure</c> of <c>_sync_measures</c> names it.</summary>
internal static class Measure
{
    /// <summary>Versions opened.</summary>
    public const string Inserted = "inserted";

    /// <summary>Records closed.</summary>
    public const string Closed = "closed";

    /// <summary>Observations of what stood already.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Observations older than what stood.</summary>
    public const string Stale = "stale";

    /// <summary>Events that became rows, counted by how long that took: column <c>bucket</c> is one of <see cref="LatencyBuckets"/>.</summary>
    public const string EventToRow = "event_to_row";

    /// <summary>Requests sent to the helpdesk, repeated attempts included.</summary>
    public const string ApiCalls = "api_calls";

    /// <summary>Credits that those requests cost, where the helpdesk's answers say it.</summary>
    public const string ApiCredits = "api_credits";

    /// <summary>BigQuery statements.</summary>
    public const string Statements = "statements";

    /// <summary>Bytes billed for them.</summary>
    public const string BytesBilled = "bytes_billed";

    /// <summary>Stands for the table of what belongs to none.</summary>
    public const string NoTable = "";
}

/// <summary>A sum of one minute, as it is written down.</summary>
/// <param name="Minute">Start of the minute.</param>
/// <param name="Table">The table, by its short name; empty for what belongs to none.</param>
/// <param name="Name">What was measured: see <see cref="Measure"/>.</param>
/// <param name="Bucket">Of a distribution the bucket, else 0.</param>
/// <param name="Value">The sum.</param>
internal sealed record MeasureRow(DateTimeOffset Minute, string Table, string Name, int Bucket, long Value);
