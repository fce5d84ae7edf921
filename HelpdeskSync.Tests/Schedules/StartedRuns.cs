using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>A durable client that keeps what was started. Whatever was started has ended by the next look.</summary>
/// <param name="heedsDedupe">Whether finished instances named in the options are kept; hosts differ.</param>
internal sealed class StartedRuns(bool heedsDedupe = true) : DurableTaskClient("test")
{
    private readonly ConcurrentDictionary<string, int> starts = new(StringComparer.Ordinal);

    /// <summary>How often each instance was started.</summary>
    public IReadOnlyDictionary<string, int> Starts => starts;

    /// <summary>Happens within the next start, after it is durable.</summary>
    public Action? AfterStart { get; set; }

    /// <summary>Thrown by starts while it is set.</summary>
    public Exception? Refusal { get; set; }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        var id = options!.InstanceId!;
        if (heedsDedupe && starts.ContainsKey(id) && options.DedupeStatuses?.Contains("Completed") is true)
        {
            throw new OrchestrationAlreadyExistsException($"An orchestration with id '{id}' already exists.");
        }

        starts.AddOrUpdate(id, 1, (_, times) => times + 1);
        var then = AfterStart;
        AfterStart = null;
        then?.Invoke();
        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(starts.ContainsKey(instanceId) ? new OrchestrationMetadata("any", instanceId) : null);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
