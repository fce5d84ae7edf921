using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>What one turn of an orchestrator led to; stored as one transaction.</summary>
internal sealed record TurnResult
{
    /// <summary>The state after the turn; ContinuedAsNew to start over.</summary>
    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>When the turn began, in UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>What is to be done because of it.</summary>
    public IReadOnlyList<OrchestratorAction> Actions { get; init; } = [];

    /// <summary>The sequence number of the orchestration's end.</summary>
    public int EndId { get; init; } = -1;

    public string? CustomStatus { get; init; }

    public string? Output { get; init; }

    /// <summary>The failure as JSON.</summary>
    public string? Failure { get; init; }

    /// <summary>For the log: what the app's author should do about the failure; null when the failure says it itself.</summary>
    public string? Advice { get; init; }

    /// <summary>Input of the next generation.</summary>
    public string? NextInput { get; init; }

    /// <summary>Events that stand at the beginning of the next generation.</summary>
    public IReadOnlyList<HistoryEvent> CarriedOver { get; init; } = [];

    /// <summary>Events for the next generation that come behind all that the instance has been sent by now.</summary>
    public IReadOnlyList<HistoryEvent> Resent { get; init; } = [];

    /// <summary>Whether running children end with a terminated instance.</summary>
    public bool TerminateChildren { get; init; }
}
