using Cronos;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;

/// <summary>Runs one timer function at its occurrences, one invocation at a time.</summary>
/// <remarks>As on Azure: an occurrence that falls into a longer invocation is skipped, one that was missed while the host was down is caught up once.</remarks>
internal sealed partial class TimerLoop(
    FunctionMethod function, CronExpression schedule, TimeProvider clock, TimerStateStore store, Func<TimerInfo, Task> invokeAsync, ILogger logger)
{
    /// <summary>Longest single wait; system timers end at 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger;

    /// <summary>Runs until the host stops. An invocation under way is finished first.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var isMonitored = trigger.UseMonitor && !IsUnderAMinute();
        var state = isMonitored ? store.Read(function.Name) : null;
        if (state?.Schedule != schedule.ToString())
        {
            state = Advance(isMonitored, null);
        }

        if (isMonitored && state!.Next < clock.GetUtcNow())
        {
            state = await InvokeAsync(state, isMonitored, isPastDue: true);
        }
        else if (trigger.RunOnStartup)
        {
            state = await InvokeAsync(state!, isMonitored, isPastDue: false);
        }

        while (await WaitAsync(state!.Next, stopping))
        {
            state = await InvokeAsync(state, isMonitored, isPastDue: false);
        }
    }

    private async Task<TimerState> InvokeAsync(TimerState state, bool isMonitored, bool isPastDue)
    {
        var start = clock.GetUtcNow();
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = !isMonitored ? null : new ScheduleStatus
            {
                Last = state.Last?.UtcDateTime ?? default,
                Next = schedule.GetNextOccurrence(start, TimeZoneInfo.Utc)?.UtcDateTime ?? DateTime.MaxValue,
                LastUpdated = state.LastUpdated.UtcDateTime,
            },
        };
        try
        {
            await invokeAsync(info);
        }
        catch (Exception failure)
        {
            Failed(failure, function.Name);
        }

        return Advance(isMonitored, start);
    }

    private TimerState Advance(bool isMonitored, DateTimeOffset? last)
    {
        var now = clock.GetUtcNow();
        var next = schedule.GetNextOccurrence(now, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
        var state = new TimerState(schedule.ToString(), last, next, now);
        if (isMonitored)
        {
            store.Save(function.Name, state);
        }

        return state;
    }

    /// <summary>False when the host stops before.</summary>
    private async Task<bool> WaitAsync(DateTimeOffset due, CancellationToken stopping)
    {
        for (var left = due - clock.GetUtcNow(); left > TimeSpan.Zero; left = due - clock.GetUtcNow())
        {
            // Rounded up, as timers may fire within the last millisecond before their time.
            var wait = left > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait, clock, stopping).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (stopping.IsCancellationRequested)
            {
                return false;
            }
        }

        return !stopping.IsCancellationRequested;
    }

    private bool IsUnderAMinute()
    {
        var first = schedule.GetNextOccurrence(clock.GetUtcNow(), TimeZoneInfo.Utc);
        var second = first is { } one ? schedule.GetNextOccurrence(one, TimeZoneInfo.Utc) : null;
        return second - first < TimeSpan.FromMinutes(1);
    }

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Timer function '{Function}' failed; it runs again at its next occurrence.")]
    private partial void Failed(Exception failure, string function);
}
