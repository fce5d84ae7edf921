namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>A system outside refused: the same call will be refused again. A person must act.</summary>
/// <remarks>The message says what was asked, what came back and what to do; never a secret and never a body.</remarks>
public sealed class SourceRefusedException : Exception
{
    /// <summary>States the refusal and what to do.</summary>
    public SourceRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
