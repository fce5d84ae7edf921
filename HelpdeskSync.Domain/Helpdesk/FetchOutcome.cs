namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What the helpdesk answered when one record was read.</summary>
public enum FetchOutcome
{
    /// <summary>The record lives and was read.</summary>
    Found,

    /// <summary>
    /// The helpdesk confirmed that the record is gone: 404, or 200 with one of <see cref="Entity.GoneFlags"/> set. The only outcome that
    /// may close a history.
    /// </summary>
    Gone,

    /// <summary>403, 422 or an answer that cannot be read: says nothing about the record; a person must act.</summary>
    Refused,
}
