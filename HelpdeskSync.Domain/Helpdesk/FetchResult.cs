using System.Text.Json;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>One look at one record.</summary>
/// <param name="Outcome">What was seen.</param>
/// <param name="ObservedAt">When the request was sent, UTC: the answer is at least as new as this.</param>
/// <param name="Record">The record where it was found; a clone, independent of any document. Null otherwise.</param>
/// <param name="Detail">Why it was refused and what to do; no record content. Null unless <see cref="FetchOutcome.Refused"/>.</param>
public sealed record FetchResult(FetchOutcome Outcome, DateTimeOffset ObservedAt, JsonElement? Record, string? Detail);
