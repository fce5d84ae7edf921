namespace HelpdeskSync.Domain.Webhooks;

/// <summary>What a webhook's body says.</summary>
/// <param name="Events">What to act on, in the body's order, repetitions included; empty when there is a fault.</param>
/// <param name="Ignored">What to count and leave; empty when there is a fault.</param>
/// <param name="Fault">What is wrong with the body and where: <c>[3].entity.id: missing</c>. Null when it is well formed.</param>
public sealed record WebhookParse(IReadOnlyList<WebhookEvent> Events, IReadOnlyList<IgnoredEvent> Ignored, string? Fault);
