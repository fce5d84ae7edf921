namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The helpdesk's credits are used up, or down to the reserve that is kept for events: nothing is wrong, and asking again before then is no use.</summary>
/// <remarks>An activity returns the moment as data; its orchestration waits on a durable timer.</remarks>
public sealed class SourcePausedException(string message, DateTimeOffset until) : Exception($"{message} Calls go on at {until:yyyy-MM-dd HH:mm:ss} UTC.")
{
    /// <summary>When it is worth asking again, UTC.</summary>
    public DateTimeOffset Until { get; } = until;
}
