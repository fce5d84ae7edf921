namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>One step of an orchestration: a row of its history, or a message that will become one.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, in UTC ticks.</param>
internal sealed record HistoryEvent(EventKind Kind, long At)
{
    /// <summary>Sequence number: its own for what was scheduled, that of the question for answers; -1 otherwise.</summary>
    public int Task { get; init; } = -1;

    /// <summary>Activity, orchestrator or event.</summary>
    public string? Name { get; init; }

    /// <summary>JSON that went in or came out; the reason for steering.</summary>
    public string? Data { get; init; }

    /// <summary>A failure as JSON; for children and sent events the other instance's id; a flag for termination.</summary>
    public string? Detail { get; init; }

    /// <summary>When a timer is due, in UTC ticks; 0 otherwise.</summary>
    public long FireAt { get; init; }

    /// <summary>Roughly what it takes in memory.</summary>
    public int Size => 120 + (2 * ((Data?.Length ?? 0) + (Detail?.Length ?? 0)));
}
