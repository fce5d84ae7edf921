namespace Microsoft.Azure.Functions.Worker;

/// <summary>The addresses at which one orchestration instance is watched and steered.</summary>
public class HttpManagementPayload
{
    /// <summary>The instance's id.</summary>
    public string? Id { get; internal set; }

    /// <summary>DELETE: its history.</summary>
    public string? PurgeHistoryDeleteUri { get; internal set; }

    /// <summary>POST: start it again.</summary>
    public string? RestartPostUri { get; internal set; }

    /// <summary>POST: resume it; <c>{{text}}</c> stands for the reason.</summary>
    public string? ResumePostUri { get; internal set; }

    /// <summary>POST: rewind it; <c>{{text}}</c> stands for the reason.</summary>
    public string? RewindPostUri { get; internal set; }

    /// <summary>POST: send it an event; <c>{eventName}</c> stands for the event's name.</summary>
    public string? SendEventPostUri { get; internal set; }

    /// <summary>GET: its status.</summary>
    public string? StatusQueryGetUri { get; internal set; }

    /// <summary>POST: suspend it; <c>{{text}}</c> stands for the reason.</summary>
    public string? SuspendPostUri { get; internal set; }

    /// <summary>POST: terminate it; <c>{{text}}</c> stands for the reason.</summary>
    public string? TerminatePostUri { get; internal set; }
}
