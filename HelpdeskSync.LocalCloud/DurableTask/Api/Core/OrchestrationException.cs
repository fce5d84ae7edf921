namespace DurableTask.Core.Exceptions;

/// <summary>Something went wrong inside an orchestration.</summary>
public class OrchestrationException : Exception
{
    /// <summary>Without a message of its own.</summary>
    public OrchestrationException()
    {
    }

    /// <summary>With a message.</summary>
    public OrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public OrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
