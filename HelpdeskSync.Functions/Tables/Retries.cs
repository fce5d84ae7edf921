using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>How patient orchestrations are with their activities. Waits are durable timers; seconds-long faults were retried within the activity before.</summary>
internal static class Retries
{
    /// <summary>For the activities of a run: about an hour.</summary>
    public static TaskOptions OfRun { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 12, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    /// <summary>For one record that a webhook named: about seven hours.</summary>
    public static TaskOptions OfRecord { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 36, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));
}
