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
            status => status.IsFinished() ? CannotSteer("terminate", instanceId, status) : null,
            new HistoryEvent(EventKind.ExecutionTerminated, Now)
            {
                Data = converter.Serialize(options?.Output),
                Detail = options?.Recursive == true ? "recursive" : null,
            },
            cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(
            instanceId,
            status => status.IsFinished() || status == OrchestrationRuntimeStatus.Suspended ? CannotSteer("suspend", instanceId, status) : null,
            new HistoryEvent(EventKind.ExecutionSuspended, Now) { Data = reason },
            cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SteerAsync(
            instanceId,
            status => status == OrchestrationRuntimeStatus.Suspended ? null : CannotSteer("resume", instanceId, status),
            new HistoryEvent(EventKind.ExecutionResumed, Now) { Data = reason },
            cancellation);

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

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var message = new HistoryEvent(EventKind.GenericEvent, Now) { Data = reason };
        var refused = await engine.ChangeAsync<Exception?>((tables, effects) =>
        {
            if (tables.Instances.Find(instanceId) is not { } found)
            {
                return new ArgumentException($"No instance with ID '{instanceId}' was found.");
            }

            if (found.Status != OrchestrationRuntimeStatus.Failed)
            {
                return new InvalidOperationException("The rewind operation is only supported on failed orchestration instances.");
            }

            InstanceRewind.Apply(tables, found, message, effects);
            return null;
        });
        if (refused is not null)
        {
            throw refused;
        }
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
        var purged = await engine.ChangeAsync((tables, effects) => ids.Sum(id => InstanceCommands.Purge(tables, id, recursive, effects)));
        if (purged > 0)
        {
            await engine.GiveBackSpaceAsync();
        }

        return new PurgeResult(purged);
    }

    private static string CannotSteer(string verb, string instanceId, OrchestrationRuntimeStatus status) =>
        $"Cannot {verb} the orchestration instance {instanceId} because instance is in the {status} state.";

    /// <summary>Sends a message with the checks of the Functions host, made on the state that the message meets.</summary>
    /// <param name="instanceId">To whom.</param>
    /// <param name="refusal">Says for a state why the message cannot be sent; null when it can.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellation">Looked at before anything is done.</param>
    private async Task SteerAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, string?> refusal, HistoryEvent message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var refused = await engine.ChangeAsync((tables, effects) =>
        {
            if (tables.Instances.Find(instanceId) is not { } found)
            {
                return new ArgumentException($"No instance with ID '{instanceId}' was found.");
            }

            if (refusal(found.Status) is { } why)
            {
                return new InvalidOperationException(why);
            }

            InstanceCommands.Send(tables, instanceId, message, effects);
            return default(Exception);
        });
        if (refused is not null)
        {
            throw refused;
        }
    }
}
