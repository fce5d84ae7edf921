namespace HelpdeskSync.Tests.Fakes;

/// <summary>A clock that runs faster than the real one; processes that are given the same origin and speed show the same time.</summary>
internal sealed class FastClock(DateTimeOffset origin, double speed) : TimeProvider
{
    public DateTimeOffset Origin => origin;

    public override DateTimeOffset GetUtcNow() => origin + ((System.GetUtcNow() - origin) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, Real(dueTime), Real(period));

    private TimeSpan Real(TimeSpan simulated) => simulated <= TimeSpan.Zero ? simulated : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (long)(simulated.Ticks / speed)));
}
