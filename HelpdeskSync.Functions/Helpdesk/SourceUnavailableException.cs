namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>A system outside did not answer as it should, for now: the same call may succeed later. Try again.</summary>
/// <remarks>The message says what was asked, what came back and what happens next; never a secret and never a body.</remarks>
public sealed class SourceUnavailableException : Exception
{
    /// <summary>States the fault and what to do.</summary>
    public SourceUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>How long the other side asked to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
