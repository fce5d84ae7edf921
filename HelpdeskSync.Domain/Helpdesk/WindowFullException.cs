namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>More records share one millisecond than a search can show. The watermark must stop here; a person must act.</summary>
public sealed class WindowFullException : Exception
{
    internal WindowFullException(TimeWindow window)
        : base($"The search window {window} is full and too short to split: more records share this millisecond than a search can show. "
            + "Nothing was skipped: the watermark stays. Run a sync of the other mode, which searches by another time (a full one by creation, an "
            + "incremental one by modification).") =>
        Window = window;

    /// <summary>The window that is full.</summary>
    public TimeWindow Window { get; }
}
