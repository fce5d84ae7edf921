namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>Wakes the engine when the next timer in the database is due. Knows only that one moment.</summary>
internal sealed class TimerQueue : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long next = long.MaxValue;
    private bool disposed;

    /// <param name="time">The clock.</param>
    /// <param name="due">Called when something may be due; it says by <see cref="WakeAt"/> when to look again.</param>
    public TimerQueue(TimeProvider time, Action due)
    {
        this.time = time;
        timer = time.CreateTimer(
            _ =>
            {
                Forget();
                due();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at this time (UTC ticks), or earlier if that was asked for before.</summary>
    public void WakeAt(long due)
    {
        lock (gate)
        {
            if (due < next && !disposed)
            {
                next = due;

                // Rounded up to whole milliseconds, so that it is due when it wakes; capped, because a sleep does not follow clock changes.
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(due - time.GetUtcNow().UtcTicks).TotalMilliseconds));
                timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
        }

        timer.Dispose();
    }

    private void Forget()
    {
        lock (gate)
        {
            next = long.MaxValue;
        }
    }
}
