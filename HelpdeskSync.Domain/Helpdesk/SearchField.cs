namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>The time a search selects and sorts by.</summary>
public enum SearchField
{
    /// <summary>When the record was created; never moves.</summary>
    Created,

    /// <summary>When the record last changed; a row may leave the window while it is being read.</summary>
    Modified,
}
