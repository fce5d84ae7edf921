namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>The error of an orchestrator that waits for something other than its context's tasks.</summary>
internal static class InvalidAwait
{
    /// <summary>The words of the Functions worker.</summary>
    public const string Message =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks "
        + "in an orchestrator function's implementation or by middleware that invokes asynchronous code.";

    /// <summary>What to do about it; for the log, because the message is the worker's.</summary>
    public const string Advice =
        "An orchestrator may wait for tasks of its TaskOrchestrationContext only, and only by await: use CreateTimer instead of Task.Delay, "
        + "an activity instead of Task.Run or input and output, no ConfigureAwait(false), no .Result or .Wait().";
}
