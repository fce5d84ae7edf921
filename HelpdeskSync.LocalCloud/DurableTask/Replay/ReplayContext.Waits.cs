namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    /// <summary>Longer timers are made of legs of this length, as the worker makes them.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RequireOrchestratorThread();
        return TimerAsync(fireAt.ToUniversalTime(), cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        RequireOrchestratorThread();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    private async Task TimerAsync(DateTime due, CancellationToken cancellationToken)
    {
        while (due - now > LongestTimer && !cancellationToken.IsCancellationRequested)
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
            // Cancelled by another thread it only wakes who awaits it, which is then found out.
            if (!thread.IsCurrent || open.Remove(id))
            {
                timer.TrySetCanceled(CancellationToken.None);
            }
        });
        return timer.Task;
    }
}
