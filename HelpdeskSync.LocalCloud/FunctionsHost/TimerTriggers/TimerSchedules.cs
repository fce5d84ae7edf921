using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Cronos;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;

/// <summary>Reads timers' schedules as Azure does: six-field NCRONTAB in UTC, or a setting that holds one.</summary>
internal sealed partial class TimerSchedules(IConfiguration settings)
{
    /// <summary>What is wrong with the schedule, and what to do; null when it is sound.</summary>
    public string? FaultOf(string schedule) => TryParse(schedule, out _, out var fault) ? null : fault;

    /// <summary>The schedule behind a text known to be sound.</summary>
    public CronExpression Parse(string schedule) => TryParse(schedule, out var cron, out var fault) ? cron : throw new FormatException(fault);

    [GeneratedRegex("^%(?<name>[^%]+)%$")]
    private static partial Regex Setting { get; }

    // Cronos also takes L, W, #, ? and @macros, which NCRONTAB does not know: such a schedule would fail on Azure.
    [GeneratedRegex(@"^\s*([0-9*,/-]+\s+){4}([0-9*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+\s+([0-6*,/-]|SUN|MON|TUE|WED|THU|FRI|SAT)+\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Shape { get; }

    private bool TryParse(string schedule, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? fault)
    {
        (cron, fault) = (null, null);
        var text = schedule;
        if (Setting.Match(schedule) is { Success: true } reference)
        {
            var name = reference.Groups["name"].Value;
            text = settings[name];
            if (text is null)
            {
                fault = $"its schedule is the setting '{name}', which does not exist";
                return false;
            }
        }

        if (!Shape.IsMatch(text) || !CronExpression.TryParse(text, CronFormat.IncludeSeconds, out cron))
        {
            fault = $"its schedule '{text}' is no NCRONTAB expression of six fields "
                + "({second} {minute} {hour} {day} {month} {day of week}), such as '0 */5 * * * *'";
            return false;
        }

        return true;
    }
}
