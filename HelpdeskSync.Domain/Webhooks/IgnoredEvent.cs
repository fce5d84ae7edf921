namespace HelpdeskSync.Domain.Webhooks;

/// <summary>A well-formed event about something this connector does not keep.</summary>
/// <param name="EventType">As it was sent; null where there was none.</param>
/// <param name="Reason">Why it is ignored, for the log; holds no record content.</param>
public sealed record IgnoredEvent(string? EventType, string Reason);
