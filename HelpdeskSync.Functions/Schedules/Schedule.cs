using Cronos;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>A cron in a time zone.</summary>
/// <param name="cron">Five fields.</param>
/// <param name="zone">
/// The zone whose wall clock it means. Where that jumps forward, a time that does not exist comes when the jump is over; where it goes back, a time that
/// exists twice counts once, the first time (Cronos's rules; steps and ranges such as <c>*/15</c> go on in both passes).
/// </param>
internal sealed class Schedule(CronExpression cron, TimeZoneInfo zone)
{
    /// <summary>The latest occurrence after <paramref name="since"/> and not after <paramref name="now"/>; null when none is due.</summary>
    /// <remarks>Of several missed ones only the latest counts: a run reads everything since the watermark anyway.</remarks>
    public DateTimeOffset? Due(DateTimeOffset since, DateTimeOffset now)
    {
        // A clock that was set back, or that of a slower instance: nothing new can be due.
        if (now <= since)
        {
            return null;
        }

        DateTimeOffset? latest = null;
        foreach (var occurrence in cron.GetOccurrences(since, now, zone, fromInclusive: false, toInclusive: true))
        {
            latest = occurrence;
        }

        return latest?.ToUniversalTime();
    }
}
