using HelpdeskSync.Functions.Helpdesk;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Compares the wish of this moment with the app's setting, and changes the setting only where they differ.</summary>
public sealed partial class WarmInstancesActivity(
    AlwaysReadySetting setting, IOptions<WarmOptions> options, IOptions<ScheduleOptions> schedules, TimeProvider time, ILogger<WarmInstancesActivity> logger)
{
    /// <summary>The clock is read here and not at the tick: an activity that comes late sets what is right now.</summary>
    /// <exception cref="SourceUnavailableException">Resource Manager cannot do it now.</exception>
    [Function(nameof(WarmInstancesActivity))]
    public async Task<WarmOutcome> RunAsync([ActivityTrigger] string? nothing, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedules.Value.TimeZone);
        var wish = WarmHours.Wish(options.Value, zone, time.GetUtcNow());
        try
        {
            var isChanged = await setting.EnsureAsync(WarmOptions.Parts(options.Value.Groups), wish, cancellationToken);
            if (isChanged)
            {
                Log.Changed(logger, options.Value.Groups, wish);
            }

            return new(wish, isChanged, null);
        }
        catch (SourceRefusedException refused)
        {
            Log.Refused(logger, refused.Message);
            return new(wish, false, refused.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Information, "Always-ready instances of {Groups} set to {Instances}")]
        public static partial void Changed(ILogger logger, string groups, int instances);

        [LoggerMessage(3012, LogLevel.Warning, "Always-ready instances stay as they are: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}

/// <summary>What became of a comparison.</summary>
/// <param name="Wish">Instances a group that the clock asks for.</param>
/// <param name="IsChanged">Whether the setting was another one and was written.</param>
/// <param name="Refusal">Why it could not be; null when nothing stood in the way.</param>
public sealed record WarmOutcome(int Wish, bool IsChanged, string? Refusal);
