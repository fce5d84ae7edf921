namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What a call to the helpdesk is for: decides who waits when calls or credits are short.</summary>
public enum CallPurpose
{
    /// <summary>One record whose event came, or that a person asked for: goes first, and may use the reserve of credits.</summary>
    Live,

    /// <summary>One of many calls of a run: it can wait.</summary>
    Run,
}
