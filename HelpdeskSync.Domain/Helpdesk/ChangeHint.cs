namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What an event's type suggests. Only a hint: what the fetch answers decides.</summary>
public enum ChangeHint
{
    /// <summary>The record was created or changed.</summary>
    Changed,

    /// <summary>The record was deleted or trashed.</summary>
    Deleted,
}
