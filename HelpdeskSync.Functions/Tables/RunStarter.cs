using System.Diagnostics;
using DurableTask.Core.Exceptions;
using HelpdeskSync.Functions.Incremental;
using HelpdeskSync.Functions.Reconciliation;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Starts runs: the same orchestrations, by hand and by schedule.</summary>
public sealed class RunStarter(Instruments instruments)
{
    /// <summary>Starts the run, or finds that it was started already, whatever became of it: an id means one run.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(DurableTaskClient client, SyncMode mode, string run, RunRequest request, CancellationToken cancellationToken)
    {
        var orchestrator = mode == SyncMode.Full ? nameof(ReconciliationOrchestrator) : nameof(IncrementalOrchestrator);
        using var span = instruments.StartTrace($"start {mode.ToString().ToLowerInvariant()} run", ActivityKind.Internal);
        try
        {
            var once = new StartOrchestrationOptions(run).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
            return await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, request with { TraceParent = Instruments.TraceParent }, once, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return run;
        }
    }
}
