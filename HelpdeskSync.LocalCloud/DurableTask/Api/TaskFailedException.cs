namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration failed; thrown where the orchestrator awaits it.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>Describes a failed call.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : this(taskName, taskId, failureDetails, innerException: null)
    {
    }

    /// <summary>Describes a failed call by the exception behind it.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : this(taskName, taskId, TaskFailureDetails.FromException(innerException), innerException)
    {
    }

    internal TaskFailedException(string taskName, int taskId, TaskFailureDetails? failureDetails, Exception? innerException)
        : base(MessageOf(taskName, taskId, failureDetails?.ErrorMessage), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        // The official client leaves this null for a child that was terminated, although it is declared non-null.
        FailureDetails = failureDetails!;
    }

    /// <summary>The name as it was called.</summary>
    public string TaskName { get; }

    /// <summary>The call's sequence number within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>What went wrong; null when a sub-orchestration was terminated.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string MessageOf(string taskName, int taskId, string? detail) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception" + (detail is null ? "." : $": {detail}");
}
