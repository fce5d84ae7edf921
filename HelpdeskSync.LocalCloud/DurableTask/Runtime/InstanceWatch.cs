namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>Tells those who wait for an instance that its state has changed.</summary>
internal sealed class InstanceWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskCompletionSource> signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> watchers = new(StringComparer.Ordinal);
    private bool closed;

    /// <summary>Begins to watch; look at the state after this, then await the signal.</summary>
    /// <exception cref="InvalidOperationException">The engine was stopped; in the signal when that comes later.</exception>
    public Task NextChange(string instanceId)
    {
        lock (gate)
        {
            if (closed)
            {
                throw Stopped(instanceId);
            }

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

    /// <summary>Nothing changes any more: everyone who waits is told.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (var (instanceId, signal) in signals)
            {
                signal.TrySetException(Stopped(instanceId));
            }

            signals.Clear();
        }
    }

    private static InvalidOperationException Stopped(string instanceId) => new(
        $"The Durable Task engine was stopped while instance '{instanceId}' was waited for. Start it again and wait anew; the instance goes on.");
}
