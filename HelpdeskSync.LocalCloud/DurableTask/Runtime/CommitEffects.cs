using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>What memory must learn of a transaction once it is committed.</summary>
internal sealed class CommitEffects
{
    public List<(string Id, long Execution, StoredEvent Message)> Delivered { get; } = [];

    public List<(InstanceInfo Info, StoredEvent[] Messages)> Created { get; } = [];

    public List<long> Dropped { get; } = [];

    public List<ActivityWork> Activities { get; } = [];

    public List<string> Changed { get; } = [];

    /// <summary>The earliest timer that was added; null when none was.</summary>
    public long? EarliestTimer { get; private set; }

    public void TimerAdded(long fireAt) => EarliestTimer = Math.Min(EarliestTimer ?? long.MaxValue, fireAt);

    /// <summary>Forgets everything, before a transaction is applied again.</summary>
    public void Clear()
    {
        Delivered.Clear();
        Created.Clear();
        Dropped.Clear();
        Activities.Clear();
        Changed.Clear();
        EarliestTimer = null;
    }
}
