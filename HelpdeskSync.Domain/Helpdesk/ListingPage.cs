namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>One page of a listing or search.</summary>
/// <param name="Rows">In the helpdesk's order; empty for 204, an empty body and an empty <c>data</c> alike.</param>
public sealed record ListingPage(IReadOnlyList<ListingRow> Rows);
