namespace DurableTask.Core.Exceptions;

/// <summary>A task failed; stands behind Microsoft.DurableTask.TaskFailedException.</summary>
public class TaskFailedException : OrchestrationException
{
    /// <summary>The task's name, for the words of its failure.</summary>
    internal string? Name { get; init; }

    /// <summary>The task's number.</summary>
    internal int ScheduleId { get; init; }

    /// <summary>Without a message of its own.</summary>
    public TaskFailedException()
    {
    }

    /// <summary>With a message.</summary>
    public TaskFailedException(string reason)
        : base(reason)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public TaskFailedException(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }
}
