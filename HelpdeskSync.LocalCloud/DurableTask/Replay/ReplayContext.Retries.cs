using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    private Task<T> RetryAsync<T>(string name, Func<int, OrchestratorAction> action, TaskRetryOptions? retry) => retry switch
    {
        { Policy: { } policy } => RetryByPolicyAsync(() => CallAsync<T>(name, action), policy),
        { Handler: { } handler } => RetryByHandlerAsync(() => CallAsync<T>(name, action), handler),
        _ => CallAsync<T>(name, action),
    };

    private async Task<T> RetryByPolicyAsync<T>(Func<Task<T>> call, RetryPolicy policy)
    {
        var firstAttempt = now;
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            try
            {
                return await call();
            }
            catch (Exception problem) when (problem is not TaskFailedException { FailureDetails.IsNonRetriable: true })
            {
                // Also a result that cannot be read: the official client tries every exception again.
                failure = problem;
            }

            if (attempt == policy.MaxNumberOfAttempts)
            {
                // The official client leaves a last timer, due at once, in the history; so must we for the same sequence numbers.
                await CreateTimer(now, CancellationToken.None);
                ExceptionDispatchInfo.Throw(failure);
            }

            if (!IsWorthIt(failure, policy) || IsTooLate(policy, firstAttempt))
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            await CreateTimer(now + DelayAfter(attempt, policy), CancellationToken.None);
        }
    }

    private bool IsTooLate(RetryPolicy policy, DateTime firstAttempt) =>
        policy.RetryTimeout != Timeout.InfiniteTimeSpan && now - firstAttempt >= policy.RetryTimeout;

    private static bool IsWorthIt(Exception failure, RetryPolicy policy)
    {
        if (policy.FailureFilter is not { } filter)
        {
            return true;
        }

        try
        {
            return failure is TaskFailedException { FailureDetails: { } details } && filter(details);
        }
        catch (Exception)
        {
            // The official client takes a filter that throws as a no; the task's own failure surfaces.
            return false;
        }
    }

    private static TimeSpan DelayAfter(int attempt, RetryPolicy policy)
    {
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return milliseconds < policy.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : policy.MaxRetryInterval;
    }

    private async Task<T> RetryByHandlerAsync<T>(Func<Task<T>> call, AsyncRetryHandler handler)
    {
        var firstAttempt = now;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailedException failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (failed.FailureDetails is not { IsNonRetriable: true })
            {
                failure = failed;
            }

            var retry = new RetryContext(this, attempt, failure.FailureDetails, now - firstAttempt, CancellationToken.None);
            if (!await handler(retry))
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }
}
