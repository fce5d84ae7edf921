using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>How patient orchestrations are with their activities. Waits are durable timers; seconds-long faults were retried within the activity before.</summary>
internal static class Retries
{
    /// <summary>How often a part of a run waits for credits before a person must look: at the default pauses, about a week.</summary>
    public const int MostPauses = 672;

    /// <summary>What is said then.</summary>
    public const string TooManyPauses = "The helpdesk's daily credits have not been enough to go on for a long time. Raise them, or lower Helpdesk:CreditReserve, and start the run again.";

    /// <summary>For the activities of a run: about an hour.</summary>
    public static TaskOptions OfRun { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 12, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    /// <summary>For one record that a webhook named: about seven hours.</summary>
    public static TaskOptions OfRecord { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 36, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(15)));
}
