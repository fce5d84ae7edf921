using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Ends a run's work on one table: its row in <c>_sync_runs</c>, and only then its watermark.</summary>
public sealed class FinishTableActivity(
    Connector connector, Warehouse warehouse, SqlNames names, OwnTables own, SyncState state, ListingStage stage, IStagedBatches batches, TimeProvider time,
    IOptions<SyncOptions> options)
{
    /// <summary>Finishes; safe to repeat.</summary>
    [Function(nameof(FinishTableActivity))]
    public async Task RunAsync([ActivityTrigger] FinishTableRequest request, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        await NoteAsync(request, cancellationToken);
        await stage.DropAsync(request.Run, connector.Table(request.Outcome.Table), cancellationToken);
        if (request.Watermark is { } watermark)
        {
            await state.AdvanceAsync(request.Outcome.Table, watermark, cancellationToken);
        }

        await batches.DeleteOlderThanAsync(time.GetUtcNow() - options.Value.KeepBatches, cancellationToken);
    }

    private async Task NoteAsync(FinishTableRequest request, CancellationToken cancellationToken)
    {
        var outcome = request.Outcome;
        var written = outcome.Copied.Written;
        List<BigQueryParameter> parameters =
        [
            new("run", BigQueryDbType.String, request.Run), new("table_name", BigQueryDbType.String, outcome.Table),
            new("mode", BigQueryDbType.String, request.Mode.ToString().ToLowerInvariant()),
            new("started_at", BigQueryDbType.Timestamp, request.StartedAt.UtcDateTime), new("ended_at", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
            new("window_from", BigQueryDbType.Timestamp, request.WindowFrom?.UtcDateTime), new("window_to", BigQueryDbType.Timestamp, request.WindowTo?.UtcDateTime),
            .. Count("listed", outcome.Listed), .. Count("fetched", outcome.Copied.Fetched), .. Count("inserted", written.Inserted),
            .. Count("closed", written.Closed), .. Count("unchanged", written.Unchanged), .. Count("stale", written.Stale),
            .. Count("failed", outcome.Copied.Failed), .. Count("left_for_approval", request.LeftForApproval), .. Count("bytes_billed", written.BytesBilled),
            .. Count("statements", written.Statements), .. Count("api_calls", outcome.ApiCalls),
            new("outcome", BigQueryDbType.String, OutcomeOf(request)), new("detail", BigQueryDbType.String, outcome.Refusal ?? outcome.Gap),
        ];
        var columns = parameters.ConvertAll(parameter => parameter.Name!);
        await warehouse.ExecuteAsync(
            "note_run",
            $"""
            MERGE {names.Own("runs")} AS T
            USING (SELECT {string.Join(", ", columns.Select(column => $"@{column} AS {SqlNames.Quote(column)}"))}) AS S
            ON T.`run` = S.`run` AND T.`table_name` = S.`table_name`
            WHEN NOT MATCHED BY TARGET THEN
              INSERT ({SqlNames.List(columns)}) VALUES ({SqlNames.List(columns, "S")})
            """,
            parameters,
            null,
            cancellationToken);
    }

    private static string OutcomeOf(FinishTableRequest request) =>
        request.Outcome.Refusal is not null ? "needs_attention" : request.LeftForApproval > 0 ? "deletes_not_approved" : "complete";

    private static BigQueryParameter[] Count(string name, long value) => [new(name, BigQueryDbType.Int64, value)];
}

/// <summary>A table whose work is done.</summary>
/// <param name="Run">The run.</param>
/// <param name="Mode">How it found what changed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="WindowFrom">Start of the window it read, where it read one.</param>
/// <param name="WindowTo">End of that window.</param>
/// <param name="Outcome">What it did.</param>
/// <param name="LeftForApproval">Deletion candidates that were left alone because nobody approved them.</param>
/// <param name="Watermark">Where the watermark goes; null leaves it.</param>
public sealed record FinishTableRequest(
    string Run, SyncMode Mode, DateTimeOffset StartedAt, DateTimeOffset? WindowFrom, DateTimeOffset? WindowTo, TableOutcome Outcome, long LeftForApproval,
    DateTimeOffset? Watermark);
