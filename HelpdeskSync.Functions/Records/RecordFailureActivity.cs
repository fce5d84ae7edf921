using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Records;

/// <summary>Puts a record down in <c>_sync_failures</c> after an orchestration has given it up.</summary>
public sealed class RecordFailureActivity(Connector connector, SyncFailures failures)
{
    /// <summary>Notes the failure; safe to repeat.</summary>
    [Function(nameof(RecordFailureActivity))]
    public Task RunAsync([ActivityTrigger] RecordFailureRequest request, CancellationToken cancellationToken) =>
        failures.NoteAsync(connector.Table(request.Table), request.Run, [new(request.Key, request.Reason)], null, cancellationToken);
}

/// <summary>A record that was given up.</summary>
/// <param name="Run">The instance that gave it up.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Key">The record.</param>
/// <param name="Reason">Why.</param>
public sealed record RecordFailureRequest(string Run, string Table, RecordKey Key, string Reason);
