using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function on a schedule, in UTC, one invocation at a time.</summary>
/// <param name="schedule">Six-field NCRONTAB (<c>{second} {minute} {hour} {day} {month} {day of week}</c>), or <c>%Setting%</c> that holds one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule as written.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether to run once more when the host starts. Default false.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Whether occurrences are remembered across restarts, so that a missed one is caught up. Default true; never for schedules under a minute.</summary>
    public bool UseMonitor { get; set; } = true;
}
