using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>An orchestration instance as the database holds it.</summary>
/// <param name="Id">The instance id.</param>
/// <param name="Execution">The number of this run of it; never used twice in a database.</param>
/// <param name="Name">The orchestrator's name as requested.</param>
internal sealed record InstanceRow(string Id, long Execution, string Name)
{
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public ParentLink? Parent { get; init; }

    public string? Tags { get; init; }

    public string? CustomStatus { get; init; }

    public string? Failure { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }
}

/// <summary>Who waits for an instance, and under which sequence number.</summary>
internal sealed record ParentLink(string Id, string Name, long Execution, int Task);

/// <summary>An instance's run and state.</summary>
internal readonly record struct InstanceKey(string Id, long Execution, OrchestrationRuntimeStatus Status)
{
    public bool IsFinished => Status.IsFinished();
}

internal static class StatusExtensions
{
    public static bool IsFinished(this OrchestrationRuntimeStatus status) => status is
        OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Canceled;
}
