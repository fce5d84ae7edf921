namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Names one record of an entity.</summary>
/// <param name="Id">The record's id as the helpdesk writes it; never empty.</param>
/// <param name="ParentId">The parent's id; null for a record without parent, or where it is not known yet.</param>
public sealed record RecordKey(string Id, string? ParentId = null);
