namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>How a helpdesk's API is spoken to, whatever is asked: headers, paging, and where its answers keep what they say.</summary>
/// <remarks>Paging is by offset: pages are read with an overlap, which page numbers or opaque cursors do not allow.</remarks>
public sealed record ApiSpec
{
    /// <summary>Stands in a header's value for the access token.</summary>
    public const string Token = "{token}";

    /// <summary>Stands in a header's value for the organisation's id.</summary>
    public const string Organization = "{organization}";

    /// <summary>Headers of every call; values may hold <see cref="Token"/> and <see cref="Organization"/>. One holds the token.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The parameter that takes a page's offset: <c>from</c>. Whether it counts from 0 or 1 is found out while reading.</summary>
    public required string OffsetParameter { get; init; }

    /// <summary>The parameter that takes a page's size: <c>limit</c>.</summary>
    public required string LimitParameter { get; init; }

    /// <summary>Dotted path of the rows in the answer to a listing or search: <c>data</c>.</summary>
    public required string RowsField { get; init; }

    /// <summary>Dotted path of the code in an error's body; null where errors have none.</summary>
    public string? ErrorCodeField { get; init; }

    /// <summary>How the API tells what is left of its daily credits; null where it has none.</summary>
    public CreditSpec? Credits { get; init; }
}

/// <summary>How an API with a daily number of credits speaks of them.</summary>
public sealed record CreditSpec
{
    /// <summary>The header of every answer that tells how many are left; null where none does.</summary>
    public string? RemainingHeader { get; init; }

    /// <summary>The header of every answer that tells how many the call cost; null where none does.</summary>
    public string? CostHeader { get; init; }

    /// <summary>The error code that says that they are used up, unlike other refusals with 429.</summary>
    public required string SpentCode { get; init; }
}
