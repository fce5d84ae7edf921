namespace HelpdeskSync.Tests.Fakes;

/// <summary>A clock on which waiting takes no time: whoever waits moves it to the end of the wait.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
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

    public void Advance(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A time-out of a call that ends by itself must not move the clock; only waits of the app's own do, and those have no period either.
        if (callback.Method.DeclaringType?.FullName?.Contains("CancellationTokenSource", StringComparison.Ordinal) == true)
        {
            return new Quiet();
        }

        Advance(dueTime);
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Quiet : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // holds nothing
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
