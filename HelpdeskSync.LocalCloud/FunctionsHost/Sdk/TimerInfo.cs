namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told about its invocation.</summary>
public class TimerInfo
{
    /// <summary>When it ran last and runs next; null when occurrences are not remembered.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this invocation comes later than scheduled because the host was down.</summary>
    public bool IsPastDue { get; set; }
}
