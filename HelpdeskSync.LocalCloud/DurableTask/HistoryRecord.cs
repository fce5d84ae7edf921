using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>One event of an instance's history, as the HTTP management API shows it.</summary>
public sealed record HistoryRecord
{
    /// <summary>What happened, by its DurableTask.Core name such as TaskScheduled.</summary>
    public required string EventType { get; init; }

    /// <summary>When it was recorded; UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The sequence number of a scheduled task, timer, child or sent event; -1 for other events.</summary>
    public int EventId { get; init; } = -1;

    /// <summary>For a result: the sequence number of what it answers.</summary>
    public int? TaskScheduledId { get; init; }

    /// <summary>The activity, orchestrator or event; for results that of what they answer.</summary>
    public string? Name { get; init; }

    /// <summary>JSON that went in.</summary>
    public string? Input { get; init; }

    /// <summary>JSON that came out.</summary>
    public string? Result { get; init; }

    /// <summary>Why: a failure's message, the reason given for steering an instance, or what a generic event stands for.</summary>
    public string? Reason { get; init; }

    /// <summary>For a result: when what it answers was scheduled; UTC.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>For a timer: when it is due; UTC.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>For a child or sent event: the other instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>For the end of the orchestration: its final state.</summary>
    public string? OrchestrationStatus { get; init; }

    /// <summary>For a failure: its details.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }
}
