using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

internal enum ChangeOperation
{
    Create,
    Update,

    /// <summary>Trash for tickets and contacts (restorable), gone for the others.</summary>
    Delete,
    Purge,
    Restore,
}

/// <summary>One change as the journal keeps it; applying the same changes in the same order gives the same helpdesk.</summary>
internal sealed record Change
{
    public required ChangeOperation Operation { get; init; }

    public required Table Table { get; init; }

    public required long Ordinal { get; init; }

    /// <summary>The ticket of a new thread or comment.</summary>
    public long Parent { get; init; } = -1;

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>Fields to plant. Null: an update makes new generated values. Empty: an update only moves the modified time.</summary>
    public JsonObject? Fields { get; init; }
}

/// <summary>What a change did: the record before and after, as its detail endpoint knew it (null: 404).</summary>
internal sealed record ChangeOutcome(Change Change, RecordView? Before, RecordView? After, RecordVersion Version)
{
    public long ParentId => (After ?? Before)!.ParentId;
}

/// <summary>The change is impossible for what the helpdesk holds; the message says why and what to do.</summary>
internal sealed class ChangeRefusedException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status a control call answers: 400, 404 or 409.</summary>
    public int Status { get; } = status;
}
