using Cronos;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>A cron in a time zone.</summary>
/// <param name="cron">Five fields.</param>
/// <param name="zone">The zone whose wall clock it means; both changes of daylight saving time are Cronos's: skipped times run at once, repeated ones once.</param>
internal sealed class Schedule(CronExpression cron, TimeZoneInfo zone)
{
    /// <summary>The latest occurrence after <paramref name="since"/> and not after <paramref name="now"/>; null when none is due.</summary>
    /// <remarks>Of several missed ones only the latest counts: a run reads everything since the watermark anyway.</remarks>
    public DateTimeOffset? Due(DateTimeOffset since, DateTimeOffset now)
    {
        DateTimeOffset? latest = null;
        foreach (var occurrence in cron.GetOccurrences(since, now, zone, fromInclusive: false, toInclusive: true))
        {
            latest = occurrence;
        }

        return latest?.ToUniversalTime();
    }
}
