namespace HelpdeskSync.LocalCloud.DurableTask;

public sealed partial class DurableTaskEngine
{
    /// <summary>An instance's history of its last generation, oldest first; empty when there is no such instance.</summary>
    public Task<IReadOnlyList<HistoryRecord>> GetHistoryAsync(string instanceId, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<HistoryRecord>>(
            Read(reader => reader.InstanceWithHistory(instanceId)) is { } found
                ? HistoryRecords.Of(found.Instance, [.. found.Events.Select(stored => stored.Event)])
                : []);
    }
}
