using HelpdeskSync.Functions.Reconciliation;
using HelpdeskSync.Functions.Tables;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>Reports again and again how many deletions wait, for as long as they do: whoever was told once may have missed it.</summary>
public sealed class WaitingDeletes(Instruments instruments)
{
    /// <summary>Adds up the deletions of all full runs that wait for approval, and reports the sum, 0 included.</summary>
    public async Task ReportAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!instruments.ReportsWaitingDeletes)
        {
            return;
        }

        var waiting = 0L;
        var query = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Running], InstanceIdPrefix = "full-", FetchInputsAndOutputs = true };
        await foreach (var run in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            // Its tables' orchestrations begin with its id too.
            if (run.Name == nameof(ReconciliationOrchestrator) && run.SerializedCustomStatus is not null
                && run.ReadCustomStatusAs<RunProgress>() is { Phase: RunProgress.NeedsApproval } progress)
            {
                waiting += progress.Done.Where(table => table.NeedsApproval).Sum(table => table.Missing);
            }
        }

        instruments.DeletesWait(waiting);
    }
}
