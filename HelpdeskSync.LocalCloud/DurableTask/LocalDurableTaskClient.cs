using System.Text.Json;
using DurableTask.Core.Exceptions;
using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>The client of the local engine, with the rules of the Functions host.</summary>
internal sealed partial class LocalDurableTaskClient(DurableTaskEngine engine, string name, DataConverter converter, TimeProvider time)
    : DurableTaskClient(name)
{
    private long Now => time.GetUtcNow().UtcTicks;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (string.IsNullOrEmpty(orchestratorName.Name))
        {
#pragma warning disable CA2208 // The official client names this parameter so.
            throw new ArgumentNullException("value", "An orchestration needs the name of its orchestrator.");
#pragma warning restore CA2208
        }

        var id = string.IsNullOrEmpty(options?.InstanceId) ? NewId() : InstanceIds.Check(options.InstanceId);
        await StartAsync(new StartRequest(id, orchestratorName.Name, converter.Serialize(input), Now)
        {
            StartAt = options?.StartAt?.UtcTicks ?? 0,
            Tags = options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
            Keep = DuplicateId.Parse(options?.DedupeStatuses),
        });
        return id;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentNullException.ThrowIfNull(eventName);
        var message = new HistoryEvent(EventKind.EventRaised, Now) { Name = eventName, Data = converter.Serialize(eventPayload) };
        return SteerAsync(
            instanceId,
            status => status.IsFinished()
                ? $"Cannot raise event {eventName} for orchestration instance {instanceId} because instance is in {status} state"
                : null,
            message,
            cancellation);
    }

    /// <summary>Nothing to let go of: the engine owns everything.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task StartAsync(StartRequest request)
    {
        if (await engine.ChangeAsync((tables, effects) => InstanceCommands.Start(tables, request, effects)) is { } status)
        {
            throw new OrchestrationAlreadyExistsException(DuplicateId.Message(request.Id, status));
        }
    }

    /// <summary>Ids that begin with the time keep neighbours together in the database.</summary>
    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
