using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Brings the app's always-ready instances in line with the clock.</summary>
public static class WarmInstancesOrchestrator
{
    // About as long as the next tick is away, which tries anew.
    private static readonly TaskOptions s_patience = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(15), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2)));

    /// <summary>One activity, repeated while Resource Manager is unable.</summary>
    [Function(nameof(WarmInstancesOrchestrator))]
    public static Task<WarmOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<WarmOutcome>(nameof(WarmInstancesActivity), null, s_patience);
}
