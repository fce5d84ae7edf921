namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What an event type is about and where in the event its record's id stands.</summary>
/// <param name="Entity">The entity's name, as in the connector.</param>
/// <param name="Hint">What the type suggests.</param>
/// <param name="IdPath">Dotted path of the record's id, from the event's root: <c>payload.id</c>.</param>
/// <param name="ParentIdPath">Dotted path of the parent's id; null where the event has none.</param>
public sealed record WebhookMapping(string Entity, ChangeHint Hint, string IdPath, string? ParentIdPath);
