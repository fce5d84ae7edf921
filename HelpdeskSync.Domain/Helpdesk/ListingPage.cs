namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>One page of a listing or search.</summary>
/// <param name="Rows">In the helpdesk's order; empty for 204, an empty body and an empty list alike.</param>
/// <param name="Total">How many rows there are in all, where the answer tells; else null.</param>
public sealed record ListingPage(IReadOnlyList<ListingRow> Rows, int? Total = null);
