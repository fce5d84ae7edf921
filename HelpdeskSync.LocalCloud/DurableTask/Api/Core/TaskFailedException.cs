namespace DurableTask.Core.Exceptions;

/// <summary>A task failed; stands behind Microsoft.DurableTask.TaskFailedException.</summary>
public class TaskFailedException : OrchestrationException
{
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
