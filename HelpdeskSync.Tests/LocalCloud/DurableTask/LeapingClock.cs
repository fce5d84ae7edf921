namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// A clock that stands still until someone sleeps on it, and then leaps to the end of that sleep: waits of days take no time and are exact.
/// Not for code that sleeps and expects something else to come first.
/// </summary>
public sealed class LeapingClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Leap(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void LeapTo(DateTimeOffset due)
    {
        lock (gate)
        {
            now = due > now ? due : now;
        }
    }

    private sealed class Leap(LeapingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int wish;
        private volatile bool disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = Interlocked.Increment(ref wish);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                var due = clock.GetUtcNow() + dueTime;
                ThreadPool.QueueUserWorkItem(_ => Fire(mine, due));
            }

            return !disposed;
        }

        public void Dispose() => disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int mine, DateTimeOffset due)
        {
            // A later wish replaces an earlier one, as for every timer.
            if (!disposed && mine == Volatile.Read(ref wish))
            {
                clock.LeapTo(due);
                callback(state);
            }
        }
    }
}
