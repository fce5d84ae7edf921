namespace Microsoft.DurableTask;

/// <summary>What a retry handler may know.</summary>
/// <param name="OrchestrationContext">The context of the orchestrator that made the call.</param>
/// <param name="LastAttemptNumber">How often the call has failed: 1 after the first attempt.</param>
/// <param name="LastFailure">The failure as the callee raised it.</param>
/// <param name="TotalRetryTime">Time since the first attempt, on the orchestrator's clock.</param>
/// <param name="CancellationToken">Never cancelled.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
