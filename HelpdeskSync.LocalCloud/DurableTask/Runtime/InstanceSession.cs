using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>What is kept in memory of one run of an instance. Guarded by <see cref="SessionTable"/>.</summary>
internal sealed class InstanceSession(string id, long execution)
{
    public string Id => id;

    public long Execution => execution;

    /// <summary>Null until it is loaded from the database.</summary>
    public InstanceInfo? Info { get; set; }

    /// <summary>Events that earlier turns saw; changed only between turns.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>Committed messages that no turn has consumed.</summary>
    public List<StoredEvent> Inbox { get; } = [];

    /// <summary>Whether it waits for a turn or is in one.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Roughly what it takes in memory.</summary>
    public long Size { get; set; }

    /// <summary>Its place among the idle ones; null while it is busy.</summary>
    public LinkedListNode<InstanceSession>? Idle { get; set; }
}
