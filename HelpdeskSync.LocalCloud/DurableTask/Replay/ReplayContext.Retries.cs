using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    private Task<T> RetryAsync<T>(Func<Task<T>> call, TaskRetryOptions? retry) => retry switch
    {
        { Policy: { } policy } => RetryByPolicyAsync(call, policy),
        { Handler: { } handler } => RetryByHandlerAsync(call, handler),
        _ => call(),
    };

    private async Task<T> RetryByPolicyAsync<T>(Func<Task<T>> call, RetryPolicy policy)
    {
        var firstAttempt = now;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (MayTryAgain(failed, policy, attempt, firstAttempt))
            {
                // Awaited below: the timer must not be created inside the handler's filter.
            }
            catch (TaskFailedException failed) when (attempt == policy.MaxNumberOfAttempts && failed.FailureDetails is not { IsNonRetriable: true })
            {
                // The official client leaves a last timer, due at once, in the history; so must we for the same sequence numbers.
                await CreateTimer(now, CancellationToken.None);
                throw;
            }

            await CreateTimer(now + DelayAfter(attempt, policy), CancellationToken.None);
        }
    }

    private bool MayTryAgain(TaskFailedException failed, RetryPolicy policy, int attempt, DateTime firstAttempt)
    {
        if (attempt == policy.MaxNumberOfAttempts || failed.FailureDetails is { IsNonRetriable: true })
        {
            return false;
        }

        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && now - firstAttempt >= policy.RetryTimeout)
        {
            return false;
        }

        return IsWorthIt(failed, policy);
    }

    private static bool IsWorthIt(TaskFailedException failed, RetryPolicy policy)
    {
        if (policy.FailureFilter is not { } filter)
        {
            return true;
        }

        try
        {
            return filter(failed.FailureDetails);
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
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }
    }
}
