namespace HelpdeskSync.Domain.History;

/// <summary>What the end column of an open version holds.</summary>
public enum OpenEnd
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>9999-12-31 23:59:59.999 UTC.</summary>
    Maximum,
}
