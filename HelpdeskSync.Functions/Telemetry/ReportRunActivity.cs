using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>Reports how a run ended, and how many failures stand after it.</summary>
public sealed partial class ReportRunActivity(Instruments instruments, SyncFailures failures, ILogger<ReportRunActivity> logger)
{
    /// <summary>Reports. A repeated run of this activity counts the run twice, which no alert minds.</summary>
    [Function(nameof(ReportRunActivity))]
    public async Task RunAsync([ActivityTrigger] ReportRunRequest request, CancellationToken cancellationToken)
    {
        instruments.RunEnded(request.Mode, request.End);
        if (!instruments.ReportsFailures || request.Tables.Count == 0)
        {
            return;
        }

        try
        {
            var standing = await failures.CountAsync(cancellationToken);
            request.Tables.ToList().ForEach(table => instruments.FailuresStand(table, standing.GetValueOrDefault(table)));
        }
        catch (WarehouseException failure)
        {
            // The run has done its work; that this could not be counted must not make it fail.
            Log.NotCounted(logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Warning, "The failures that stand could not be counted after a run: {Reason}")]
        public static partial void NotCounted(ILogger logger, string reason);
    }
}

/// <summary>A run that ended.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="End">How it ended.</param>
/// <param name="Tables">Its tables, by their short names; none of a run that failed.</param>
public sealed record ReportRunRequest(SyncMode Mode, RunEnd End, IReadOnlyList<string> Tables);
