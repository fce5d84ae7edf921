namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>Tells those who wait for an instance that its state has changed.</summary>
internal sealed class InstanceWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskCompletionSource> signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> watchers = new(StringComparer.Ordinal);

    /// <summary>Begins to watch; look at the state after this, then await the signal.</summary>
    public Task NextChange(string instanceId)
    {
        lock (gate)
        {
            if (!signals.TryGetValue(instanceId, out var signal))
            {
                signals.Add(instanceId, signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return signal.Task;
        }
    }

    /// <summary>Counts a watcher in.</summary>
    public void Enter(string instanceId)
    {
        lock (gate)
        {
            watchers[instanceId] = watchers.GetValueOrDefault(instanceId) + 1;
        }
    }

    /// <summary>Counts a watcher out; the last one takes the signal along.</summary>
    public void Leave(string instanceId)
    {
        lock (gate)
        {
            if (--watchers[instanceId] == 0)
            {
                watchers.Remove(instanceId);
                signals.Remove(instanceId);
            }
        }
    }

    /// <summary>The state has changed.</summary>
    public void Changed(string instanceId)
    {
        lock (gate)
        {
            if (signals.Remove(instanceId, out var signal))
            {
                signal.TrySetResult();
            }
        }
    }
}
