using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Reconciliation;

/// <summary>Shows in <c>_sync_runs</c> that a table's deletions wait for approval.</summary>
public sealed class NoteWaitingActivity(RunLog log)
{
    /// <summary>Notes it; safe to repeat, and without effect once the table is finished.</summary>
    [Function(nameof(NoteWaitingActivity))]
    public Task RunAsync([ActivityTrigger] FinishTableRequest request, CancellationToken cancellationToken) =>
        log.NoteAsync(request, RunLog.NeedsApproval, null, cancellationToken);
}
