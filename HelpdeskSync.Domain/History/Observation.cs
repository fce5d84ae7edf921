using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.History;

/// <summary>One look at one record: what its content was, or that it was gone.</summary>
public sealed record Observation
{
    /// <summary>The record's id.</summary>
    public required string Id { get; init; }

    /// <summary>When the request was sent; cut to whole milliseconds.</summary>
    public required DateTimeOffset ObservedAt { get; init => field = value.ToWholeMilliseconds(); }

    /// <summary>The record's own modified time, cut to whole milliseconds; null where it has none.</summary>
    public DateTimeOffset? ModifiedAt { get; init => field = value?.ToWholeMilliseconds(); }

    /// <summary>The content's hash, never empty; null when the record was gone.</summary>
    public string? Hash { get; init; }

    /// <summary>True when the helpdesk confirmed that the record is gone.</summary>
    public bool IsGone => Hash is null;

    /// <summary>The record lived, with this content.</summary>
    public static Observation OfRecord(string id, DateTimeOffset observedAt, DateTimeOffset? modifiedAt, string hash)
    {
        ArgumentException.ThrowIfNullOrEmpty(hash);
        return new Observation { Id = id, ObservedAt = observedAt, ModifiedAt = modifiedAt, Hash = hash };
    }

    /// <summary>The helpdesk confirmed that the record was gone.</summary>
    public static Observation OfGone(string id, DateTimeOffset observedAt) => new() { Id = id, ObservedAt = observedAt };
}
