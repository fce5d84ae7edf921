using System.ComponentModel.DataAnnotations;
using Cronos;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>When runs start by themselves. Section <c>Schedules</c>.</summary>
public sealed class ScheduleOptions
{
    /// <summary>Five-field cron of the incremental run. Default <c>0 5 * * *</c>; empty: never.</summary>
    public string Incremental { get; set; } = "0 5 * * *";

    /// <summary>Five-field cron of the full run. Default <c>0 4 * * 0</c> (Sunday); empty: never.</summary>
    public string Full { get; set; } = "0 4 * * 0";

    /// <summary>IANA time zone of both. Default <c>Europe/Amsterdam</c>.</summary>
    [Required]
    public string TimeZone { get; set; } = "Europe/Amsterdam";
}

[OptionsValidator]
internal sealed partial class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>;

/// <summary>Checks what annotations cannot: that crons and the time zone can be read.</summary>
internal sealed class ScheduleTextsValidator : IValidateOptions<ScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        var faults = new List<string>();
        foreach (var (setting, cron) in new[] { ("Incremental", options.Incremental), ("Full", options.Full) })
        {
            if (cron.Length > 0 && !CronExpression.TryParse(cron, out _))
            {
                faults.Add($"Schedules:{setting} is '{cron}'; it must be a five-field cron such as '0 5 * * *', or empty.");
            }
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            faults.Add($"Schedules:TimeZone is '{options.TimeZone}'; it must be an IANA time zone such as 'Europe/Amsterdam'.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
