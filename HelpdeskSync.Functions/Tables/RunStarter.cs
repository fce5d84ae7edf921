using DurableTask.Core.Exceptions;
using HelpdeskSync.Functions.Incremental;
using HelpdeskSync.Functions.Reconciliation;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Starts runs: the same orchestrations, by hand and by schedule.</summary>
public sealed class RunStarter
{
    /// <summary>Starts the run, or finds it under way under that id.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(DurableTaskClient client, SyncMode mode, string run, RunRequest request, CancellationToken cancellationToken)
    {
        var orchestrator = mode == SyncMode.Full ? nameof(ReconciliationOrchestrator) : nameof(IncrementalOrchestrator);
        try
        {
            return await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, request, new StartOrchestrationOptions(run), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return run;
        }
    }
}
