namespace HelpdeskSync.Domain.History;

/// <summary>What an observation did to a history.</summary>
public enum ObservationOutcome
{
    /// <summary>A new active version was opened; the one before was closed, if there was one.</summary>
    Opened,

    /// <summary>The active version has this content already; nothing was written.</summary>
    Unchanged,

    /// <summary>The record is gone; its active version was closed.</summary>
    Closed,

    /// <summary>Something newer, or the same, is known already; nothing was written.</summary>
    Stale,

    /// <summary>A version that came late was put between its neighbours, closed (source-dated starts only).</summary>
    Inserted,

    /// <summary>The record is gone, and was known to be, or never was known; nothing was written.</summary>
    AlreadyGone,
}
