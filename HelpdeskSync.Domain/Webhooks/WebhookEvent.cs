using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Webhooks;

/// <summary>An event to act on. It only names what changed; the record itself is fetched.</summary>
/// <param name="EventType">As it was sent; empty where a plain event had none.</param>
/// <param name="Entity">The entity's name, as in the connector.</param>
/// <param name="Key">Which record. For a child, the parent's id is null where the event did not tell it.</param>
/// <param name="Hint">What the type suggests.</param>
public sealed record WebhookEvent(string EventType, string Entity, RecordKey Key, ChangeHint Hint);
