using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask;

internal sealed partial class LocalDurableTaskClient
{
    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SteerAsync(
            instanceId,
            "terminate",
            new HistoryEvent(EventKind.ExecutionTerminated, Now)
            {
                Data = converter.Serialize(options?.Output),
                Detail = options?.Recursive == true ? "recursive" : null,
            },
            cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, "suspend", new HistoryEvent(EventKind.ExecutionSuspended, Now) { Data = reason }, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(instanceId, "resume", new HistoryEvent(EventKind.ExecutionResumed, Now) { Data = reason }, cancellation);

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var old = engine.Read(reader => reader.Instance(instanceId))
            ?? throw new ArgumentException($"An orchestration with the instanceId {instanceId} was not found.");
        var request = new StartRequest(restartWithNewInstanceId ? NewId() : instanceId, old.Name, old.Input, Now);
        return await engine.ChangeAsync((tables, effects) => InstanceCommands.Start(tables, request, effects)) is null
            ? request.Id
            : throw new InvalidOperationException($"An orchestration with the instanceId {instanceId} cannot be restarted.");
    }

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return PurgeAsync([instanceId], options);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        const int AtOnce = 200;
        var wanted = InstanceFilters.Of(null, filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        var purged = 0;
        var after = string.Empty;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = engine.Read(reader => reader.Page(wanted, after, AtOnce));
            if (page.Count == 0)
            {
                return new PurgeResult(purged, isComplete: true);
            }

            after = page[^1].Id;
            purged += (await PurgeAsync([.. page.Where(row => row.Status.IsFinished()).Select(row => row.Id)], options)).PurgedInstanceCount;
        }
    }

    private async Task<PurgeResult> PurgeAsync(IReadOnlyCollection<string> ids, PurgeInstanceOptions? options)
    {
        var recursive = options?.Recursive == true;
        return new PurgeResult(await engine.ChangeAsync(
            (tables, effects) => ids.Sum(id => InstanceCommands.Purge(tables, id, recursive, effects))));
    }

    private async Task SteerAsync(string instanceId, string verb, HistoryEvent message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var found = await engine.ChangeAsync((tables, effects) => InstanceCommands.Send(tables, instanceId, message, effects))
            ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.");
        if (found.IsFinished)
        {
            throw new InvalidOperationException(
                $"Cannot {verb} the orchestration instance {instanceId} because instance is in the {found.Status} state.");
        }
    }
}
