namespace Microsoft.DurableTask.Client;

/// <summary>The state of an orchestration instance.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It runs, or waits for something it asked for.</summary>
    Running = 0,

    /// <summary>It ended by itself.</summary>
    Completed = 1,

    /// <summary>It started over; never shown, a running generation shows <see cref="Running"/>.</summary>
    ContinuedAsNew = 2,

    /// <summary>It ended by an exception.</summary>
    Failed = 3,

    /// <summary>Not used.</summary>
    Canceled = 4,

    /// <summary>It was ended from outside.</summary>
    Terminated = 5,

    /// <summary>It was scheduled and has not run yet.</summary>
    Pending = 6,

    /// <summary>It is held until it is resumed.</summary>
    Suspended = 7,
}
