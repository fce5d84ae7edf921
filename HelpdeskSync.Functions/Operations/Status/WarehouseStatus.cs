using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Tables;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>What BigQuery says of the tables.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Counts">Rows of each table that exists, by its short name.</param>
/// <param name="Watermarks">By the tables' short names.</param>
/// <param name="Runs">The last run of each table and mode.</param>
/// <param name="Failures">The latest failures.</param>
/// <param name="FailureCounts">All failures of each table that has some.</param>
/// <param name="Sums">What was measured in the last seven days.</param>
/// <param name="Written">How often this process had written measures before it asked.</param>
internal sealed record WarehouseSnapshot(
    DateTimeOffset At, IReadOnlyDictionary<string, TableCount> Counts, IReadOnlyDictionary<string, DateTimeOffset> Watermarks, IReadOnlyList<LastRun> Runs,
    IReadOnlyList<FailureStatus> Failures, IReadOnlyDictionary<string, long> FailureCounts, IReadOnlyList<HourSum> Sums, long Written);

/// <summary>Rows of a table.</summary>
internal sealed record TableCount(long Active, long Versions, DateTimeOffset? LastSynced);

/// <summary>The last run of a table in a mode.</summary>
internal sealed record LastRun(string Table, string Mode, TableRunStatus Run);

/// <summary>Asks BigQuery for the status: a handful of queries side by side, over small tables or narrow columns, not more often than configured.</summary>
/// <remarks>With the default of 30 s a page that stays open bills about 130 MB a minute at most, and nothing once it is closed.</remarks>
public sealed class WarehouseStatus(
    Connector connector, Warehouse warehouse, SqlNames names, OwnTables own, SyncState state, MeasureTable measures, MeasureLog log,
    IOptions<OperationsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_runsBack = TimeSpan.FromDays(35);

    private readonly CachedAnswer<WarehouseSnapshot> _snapshot = new(options.Value.WarehouseFor, s_patience, time);

    /// <summary>What BigQuery said a moment ago, or says now.</summary>
    internal Task<WarehouseSnapshot> GetAsync(CancellationToken cancellationToken) =>
        _snapshot.GetAsync(ReadAsync, cancellationToken, snapshot => snapshot.Written == log.Unwritten().Written);

    private async Task<WarehouseSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var written = log.Unwritten().Written;
        await own.EnsureAsync(cancellationToken);
        var watermarks = state.WatermarksAsync(null, cancellationToken);
        var counts = CountsAsync(cancellationToken);
        var runs = RunsAsync(now - s_runsBack, cancellationToken);
        var failures = FailuresAsync(cancellationToken);
        var sums = measures.ReadAsync(now.AddDays(-7), now.AddHours(-1), cancellationToken);
        await Task.WhenAll(watermarks, counts, runs, failures, sums);
        return new(
            now, await counts, await watermarks, await runs, [.. (await failures).Select(row => row.Failure)],
            (await failures).GroupBy(row => row.Failure.Table).ToDictionary(table => table.Key, table => table.First().OfTable), await sums, written);
    }

    private async Task<IReadOnlyDictionary<string, TableCount>> CountsAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(connector.Entities.Select(async entity =>
            (Entity: entity, Schema: await warehouse.FindSchemaAsync(entity.HistoryTable, cancellationToken))));
        var tables = found.Where(table => table.Schema is not null).Select(table => table.Entity).ToList();
        var counts = new Dictionary<string, TableCount>(StringComparer.Ordinal);
        if (tables.Count > 0)
        {
            await foreach (var row in warehouse.QueryAsync("status_counts", StatusSql.Counts(tables.Select(table => names.Table(table.HistoryTable))), [], cancellationToken))
            {
                counts[tables[checked((int)row.Number("place"))].Table] = new(row.Number("active"), row.Number("versions"), Moment(row, "last_synced"));
            }
        }

        return counts;
    }

    private async Task<IReadOnlyList<LastRun>> RunsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var runs = new List<LastRun>();
        BigQueryParameter[] parameters = [new("since", BigQueryDbType.Timestamp, since.UtcDateTime)];
        await foreach (var row in warehouse.QueryAsync("status_runs", StatusSql.LastRuns(names), parameters, cancellationToken))
        {
            long Count(string column) => row[column] as long? ?? 0;
            runs.Add(new(row.Text("table_name"), row.Text("mode"), new(
                row.Text("run"), row["outcome"] as string ?? "complete", row["detail"] as string, Moment(row, "started_at")!.Value, Moment(row, "ended_at"),
                Moment(row, "window_from"), Moment(row, "window_to"), Count("listed"), Count("fetched"), Count("inserted"), Count("closed"), Count("unchanged"),
                Count("stale"), Count("failed"), Count("left_for_approval"), Count("bytes_billed"), Count("statements"), Count("api_calls"))));
        }

        return runs;
    }

    private async Task<IReadOnlyList<(FailureStatus Failure, long OfTable)>> FailuresAsync(CancellationToken cancellationToken)
    {
        var failures = new List<(FailureStatus, long)>();
        await foreach (var row in warehouse.QueryAsync("status_failures", StatusSql.Failures(names), [], cancellationToken))
        {
            failures.Add((
                new(
                    row.Text("table_name"), row.Text("id"), row["parent_id"] as string, row["reason"] as string ?? "", row.Number("attempts"),
                    Moment(row, "first_failed_at")!.Value, Moment(row, "last_failed_at")!.Value),
                row.Number("of_table")));
        }

        return failures;
    }

    private static DateTimeOffset? Moment(BigQueryRow row, string column) => row[column] is DateTime found ? new(found, TimeSpan.Zero) : null;
}
