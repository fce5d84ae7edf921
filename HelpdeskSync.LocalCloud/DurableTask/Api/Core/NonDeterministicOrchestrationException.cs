namespace DurableTask.Core.Exceptions;

/// <summary>The orchestrator's code no longer does what its history says.</summary>
public class NonDeterministicOrchestrationException : OrchestrationException
{
    /// <summary>Without a message of its own.</summary>
    public NonDeterministicOrchestrationException()
    {
    }

    /// <summary>With a message.</summary>
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public NonDeterministicOrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
