namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Some helpdesks cut a long record's answer, say so in it, and give the whole elsewhere (Zoho: <c>isContentTruncated</c> of threads).</summary>
public sealed record WholeSpec
{
    /// <summary>Dotted path of the flag that is true in an answer that was cut.</summary>
    public required string Flag { get; init; }

    /// <summary>Where the whole record is read, with the placeholders of <see cref="Entity.DetailPath"/>.</summary>
    public required string Path { get; init; }
}
