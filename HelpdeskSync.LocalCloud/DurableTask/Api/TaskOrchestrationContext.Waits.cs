namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    /// <summary>Sleeps until a time; survives restarts. A cancelled timer throws <see cref="TaskCanceledException"/>.</summary>
    /// <param name="fireAt">When to wake; a time in the past wakes in the next turn. An unspecified kind counts as local time.</param>
    /// <param name="cancellationToken">Gives the timer up.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Sleeps for a while; survives restarts.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits for an event; one that came earlier counts. Names do not depend on case; the newest waiter of a name comes first.</summary>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event, but not longer than <paramref name="timeout"/>.</summary>
    /// <exception cref="TaskCanceledException">The time is over.</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, but not longer than <paramref name="timeout"/> or until cancelled.</summary>
    /// <exception cref="TaskCanceledException">The time is over, or the wait was cancelled.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timerGivenUp = new CancellationTokenSource();
        using var eventGivenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = CreateTimer(timeout, timerGivenUp.Token);
        var received = WaitForExternalEvent<T>(eventName, eventGivenUp.Token);

        // Cancelling synchronously keeps the continuations on the orchestrator's thread.
        if (await Task.WhenAny(timer, received) == received)
        {
#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
            timerGivenUp.Cancel();
        }
        else
        {
            eventGivenUp.Cancel();
#pragma warning restore CA1849
        }

        return await received;
    }
}
