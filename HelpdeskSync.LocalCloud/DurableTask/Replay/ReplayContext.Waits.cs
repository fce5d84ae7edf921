namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    /// <summary>Longer timers are made of legs of this length, as the worker makes them.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RequireOrchestratorThread();
        var due = fireAt.ToUniversalTime();
        return due - now > LongestTimer ? LongTimerAsync(due, cancellationToken) : TimerLegAsync(due, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        RequireOrchestratorThread();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    private async Task LongTimerAsync(DateTime due, CancellationToken cancellationToken)
    {
        while (due - now > LongestTimer)
        {
            await TimerLegAsync(now + LongestTimer, cancellationToken);
        }

        await TimerLegAsync(due, cancellationToken);
    }

    private Task<string?> TimerLegAsync(DateTime due, CancellationToken cancellationToken)
    {
        var id = TakeId();
        actions.Add(id, new CreateTimer(id, due.Ticks));
        var timer = Open(id, "timer");
        cancellationToken.Register(() =>
        {
            if (open.Remove(id))
            {
                timer.TrySetCanceled(CancellationToken.None);
            }
        });
        return timer.Task;
    }
}
