using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Tables;

/// <summary>The table <c>_sync_runs</c>: a row for each run and table.</summary>
public sealed class RunLog(Warehouse warehouse, SqlNames names, OwnTables own)
{
    /// <summary>The state of a table whose deletions wait for an answer.</summary>
    public const string NeedsApproval = "needs_approval";

    private static readonly string[] s_columns =
    [
        "run", "table_name", "mode", "started_at", "ended_at", "window_from", "window_to", "listed", "fetched", "inserted", "closed", "unchanged", "stale", "failed",
        "left_for_approval", "bytes_billed", "statements", "api_calls", "outcome", "detail",
    ];

    /// <summary>How a table's work ended, as the column <c>outcome</c> says it.</summary>
    internal static string StateOf(FinishTableRequest request) =>
        request.Outcome.Refusal is not null ? "needs_attention" : request.LeftForApproval > 0 ? "deletes_not_approved" : "complete";

    /// <summary>Writes the row, or completes the one that waits. A row that is complete stays as it is, so that this is safe to repeat.</summary>
    internal static string NoteSql(SqlNames names) =>
        $"""
        -- Notes what a run did to a table. A small table, read whole.
        MERGE {names.Own("runs")} AS T
        USING (SELECT {string.Join(", ", s_columns.Select(column => $"@{column} AS {SqlNames.Quote(column)}"))}) AS S
        ON T.`run` = S.`run` AND T.`table_name` = S.`table_name`
        WHEN MATCHED AND T.`outcome` = '{NeedsApproval}' THEN
          UPDATE SET {string.Join(", ", s_columns[2..].Select(column => $"{SqlNames.Quote(column)} = S.{SqlNames.Quote(column)}"))}
        WHEN NOT MATCHED BY TARGET THEN
          INSERT ({SqlNames.List(s_columns)}) VALUES ({SqlNames.List(s_columns, "S")})
        """;

    /// <summary>Notes what a run has done to a table.</summary>
    /// <param name="request">What it did.</param>
    /// <param name="state">The state.</param>
    /// <param name="endedAt">When it was done; null while it waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task NoteAsync(FinishTableRequest request, string state, DateTimeOffset? endedAt, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        var outcome = request.Outcome;
        var (written, cost) = (outcome.Copied.Written, outcome.WholeCost);
        BigQueryParameter[] parameters =
        [
            Text("run", request.Run), Text("table_name", outcome.Table), Text("mode", request.Mode.ToString().ToLowerInvariant()),
            Moment("started_at", request.StartedAt), Moment("ended_at", endedAt), Moment("window_from", request.WindowFrom), Moment("window_to", request.WindowTo),
            Count("listed", outcome.Listed), Count("fetched", outcome.Copied.Fetched), Count("inserted", written.Inserted), Count("closed", written.Closed),
            Count("unchanged", written.Unchanged), Count("stale", written.Stale), Count("failed", outcome.Copied.Failed),
            Count("left_for_approval", request.LeftForApproval), Count("bytes_billed", cost.BytesBilled), Count("statements", cost.Statements),
            Count("api_calls", outcome.ApiCalls), Text("outcome", state), Text("detail", outcome.Refusal ?? request.Detail ?? outcome.Gap),
        ];
        await warehouse.ExecuteAsync("note_run", NoteSql(names), parameters, null, cancellationToken);
    }

    private static BigQueryParameter Text(string name, string? value) => new(name, BigQueryDbType.String, value);

    private static BigQueryParameter Moment(string name, DateTimeOffset? value) => new(name, BigQueryDbType.Timestamp, value?.UtcDateTime);

    private static BigQueryParameter Count(string name, long value) => new(name, BigQueryDbType.Int64, value);
}
