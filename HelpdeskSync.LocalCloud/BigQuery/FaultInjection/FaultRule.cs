namespace HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

/// <summary>One kind of fault, and which requests it meets.</summary>
public sealed record FaultRule(FaultKind Kind)
{
    /// <summary>Method that it meets, such as <c>jobs.insert</c> (uploads of load jobs included) or <c>tables.get</c>; null: every one.</summary>
    public string? On { get; init; }

    /// <summary>Text that the request's SQL must hold, whatever the case; requests without SQL then never match. Null: no matter.</summary>
    public string? SqlContains { get; init; }

    /// <summary>Share of the matching requests that it meets, from 0 to 1. Default 1.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How many requests it meets at most; null: no limit.</summary>
    public int? Times { get; init; }

    /// <summary>How long a request of kind <see cref="FaultKind.Latency"/> waits.</summary>
    public TimeSpan Latency { get; init; }

    internal bool Matches(string method, string? sql) =>
        (On is null || On.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (SqlContains is null || (sql is not null && sql.Contains(SqlContains, StringComparison.OrdinalIgnoreCase)));
}
