namespace HelpdeskSync.Domain.History;

/// <summary>What time a version starts at.</summary>
public enum VersionStart
{
    /// <summary>When the content was first observed. Versions only ever get added at the end.</summary>
    Observed,

    /// <summary>The record's modified time, where it has one. A late observation may go in between.</summary>
    SourceModified,
}
