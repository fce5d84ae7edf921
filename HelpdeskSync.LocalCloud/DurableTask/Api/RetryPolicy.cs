namespace Microsoft.DurableTask;

/// <summary>Retries with growing delays. Each delay is a durable timer.</summary>
public class RetryPolicy
{
    /// <summary>Makes a policy; the delay before attempt n+2 is <paramref name="firstRetryInterval"/> × <paramref name="backoffCoefficient"/>^n.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first one included.</param>
    /// <param name="firstRetryInterval">The first delay, greater than zero.</param>
    /// <param name="backoffCoefficient">Growth of the delay, at least 1. Default 1.</param>
    /// <param name="maxRetryInterval">Longest delay. Default 1 hour.</param>
    /// <param name="retryTimeout">No new delay begins once this much time has passed since the first attempt. Default: no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        Require(maxNumberOfAttempts > 0, nameof(maxNumberOfAttempts), maxNumberOfAttempts, "greater than zero");
        Require(firstRetryInterval > TimeSpan.Zero, nameof(firstRetryInterval), firstRetryInterval, "greater than zero");
        Require(backoffCoefficient >= 1.0, nameof(backoffCoefficient), backoffCoefficient, "greater or equal to 1.0");
        Require(maxRetryInterval is null || maxRetryInterval >= firstRetryInterval, nameof(maxRetryInterval), maxRetryInterval, AtLeastTheFirst);
        Require(
            retryTimeout is null || retryTimeout == Timeout.InfiniteTimeSpan || retryTimeout >= firstRetryInterval,
            nameof(retryTimeout), retryTimeout, AtLeastTheFirst);
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all, the first one included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The first delay.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Growth of the delay from attempt to attempt.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest delay.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>Time after which no further attempt is planned; infinite (-1 ms) for no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Says which failures are worth another attempt. Runs on each replay; an exception in it means no.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => FailureFilter = value;
    }

    internal Func<TaskFailureDetails, bool>? FailureFilter { get; private init; }

    private const string AtLeastTheFirst = "greater or equal to the value for firstRetryInterval";

    private static void Require(bool holds, string parameter, object? actual, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(parameter, actual, $"The value for {parameter} must be {rule}.");
        }
    }
}
