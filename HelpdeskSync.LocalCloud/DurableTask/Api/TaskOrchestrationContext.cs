using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>What an orchestrator may use. Every member is deterministic; anything else it awaits fails the instance.</summary>
public abstract partial class TaskOrchestrationContext
{
    /// <summary>The orchestrator's name as it was requested.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of this instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The calling orchestration; null at the top level.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time of the turn that delivered the awaited event; UTC, the same on each replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code runs only to rebuild its state.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Where the replay-safe loggers write.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The orchestration's input; the type's default when there is none.</summary>
    public abstract T? GetInput<T>();

    /// <summary>A new id, the same on each replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>Publishes a value in the instance's metadata at the end of the turn; the last one wins.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Sends an event to an instance; nothing happens when that one does not run.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Starts over with new input and empty history once the orchestrator has returned and nothing is open.</summary>
    /// <param name="newInput">The next generation's input.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody waited for yet reach the next generation.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts over with new input and empty history once the orchestrator has returned and nothing is open.</summary>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }
}
