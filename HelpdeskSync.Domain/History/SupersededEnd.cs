namespace HelpdeskSync.Domain.History;

/// <summary>Where a version ends that another one follows.</summary>
public enum SupersededEnd
{
    /// <summary>At the next version's start: half-open spans.</summary>
    NextStart,

    /// <summary>One millisecond before the next version's start: closed spans, for queries with BETWEEN.</summary>
    NextStartMinusOneMillisecond,
}
