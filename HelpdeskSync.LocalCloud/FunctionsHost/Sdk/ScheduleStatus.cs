namespace Microsoft.Azure.Functions.Worker;

/// <summary>Occurrences of a timer's schedule, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>Start of the last invocation; the default value before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence expected.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was written.</summary>
    public DateTime LastUpdated { get; set; }
}
