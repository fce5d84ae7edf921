using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Compares one history table with the old connector's: records, contents, versions.</summary>
public sealed class CompareTableActivity(
    Connector connector, Warehouse warehouse, HistoryColumns columns, BaselineTables baselines, Comparisons comparisons, SqlNames names, OwnTables own,
    IOptions<HistoryOptions> options)
{
    /// <summary>Compares, and puts the result down in <c>_sync_comparisons</c>; safe to repeat.</summary>
    [Function(nameof(CompareTableActivity))]
    public async Task<TableComparison> RunAsync([ActivityTrigger] CompareTableRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        await own.EnsureAsync(cancellationToken);
        await columns.EnsureTableAsync(entity, null, cancellationToken);
        var compared = (await baselines.FindAsync(request.Baseline, entity, cancellationToken), request.Synced) switch
        {
            (null, _) => TableComparison.WithoutBaseline(entity.Table, $"{request.Baseline.Project}.{request.Baseline.Dataset}.{entity.HistoryTable} does not exist."),
            (_, null) => TableComparison.WithoutBaseline(entity.Table, "The old connector's tables are empty."),
            ({ } baseline, { } synced) => await CompareAsync(entity, baseline, synced, request, cancellationToken),
        };
        await comparisons.NoteAsync(request.Run, request.Baseline, compared, cancellationToken);
        return compared;
    }

    private async Task<TableComparison> CompareAsync(Entity entity, BaselineTable baseline, DateTime synced, CompareTableRequest request, CancellationToken cancellationToken)
    {
        var history = names.Table(entity.HistoryTable);
        BigQueryRow? sides = null;
        await foreach (var row in warehouse.QueryAsync($"compare_sides_{entity.Table}", CompareSql.Sides(baseline.Name, history), [], cancellationToken))
        {
            sides = row;
        }

        var records = await GroupAsync($"compare_records_{entity.Table}", CompareSql.Records(baseline.Name, history), "kind", [Synced(synced)], cancellationToken);
        var cells = await CompareCellsAsync(entity, baseline, history, synced, cancellationToken);
        return new TableComparison
        {
            Table = entity.Table,
            BaselineSynced = synced,
            BaselineActive = sides!.Number("baseline_active"),
            Active = sides!.Number("active"),
            Compared = Of(RecordKind.Both).Found,
            Missing = Of(RecordKind.Missing),
            Closed = Of(RecordKind.Closed),
            Extra = Of(RecordKind.Extra),
            ClosedThere = Of(RecordKind.ClosedThere),
            ActiveTwice = Of(RecordKind.ActiveTwice),
            ActiveTwiceThere = Of(RecordKind.ActiveTwiceThere),
            Newer = Of(RecordKind.Newer),
            OnlyInBaseline = baseline.OnlyThere,
            OnlyHere = baseline.OnlyHere,
            NotCompared = [.. baseline.Shared.Where(column => IsVolatile(entity, column)).Select(column => column.Here)],
            DifferingRecords = cells.Records,
            Columns = cells.Worst(20),
            Timeline = await CompareTimelinesAsync(entity, baseline, history, synced, request, cancellationToken),
        };

        IdSamples Of(string kind) => records.GetValueOrDefault(kind, IdSamples.None);
    }

    private bool IsVolatile(Entity entity, SharedColumn column) =>
        entity.VolatileFields.Any(field => columns.Name(entity, field).Equals(column.Here, StringComparison.OrdinalIgnoreCase));

    // Where nothing is volatile, every version of the old connector counts.
    private IReadOnlyList<string> Telling(Entity entity, BaselineTable baseline) => baseline.Shared.Any(column => IsVolatile(entity, column))
        ? [.. baseline.Shared.Where(column => !IsVolatile(entity, column)).Select(column => column.InBaseline).Concat(baseline.OnlyThere)]
        : [];

    private async Task<CellDifferences> CompareCellsAsync(
        Entity entity, BaselineTable baseline, string history, DateTime synced, CancellationToken cancellationToken)
    {
        var compared = baseline.Shared.Where(column => !IsVolatile(entity, column)).ToList();
        var differences = new CellDifferences(compared);
        if (compared.Count > 0)
        {
            var sql = CompareSql.Cells(baseline.Name, history, compared);
            await foreach (var row in warehouse.QueryAsync($"compare_cells_{entity.Table}", sql, [Synced(synced)], cancellationToken))
            {
                if (!ValueEquality.Same(row.Text("b"), row.Text("o")))
                {
                    differences.Add(row.Text("id"), (int)row.Number("k"));
                }
            }
        }

        return differences;
    }

    private async Task<TimelineComparison?> CompareTimelinesAsync(
        Entity entity, BaselineTable baseline, string history, DateTime synced, CompareTableRequest request, CancellationToken cancellationToken)
    {
        var since = request.Since?.UtcDateTime;
        if (since is null)
        {
            var sql = CompareSql.FirstFullRun(names.Own("runs"));
            await foreach (var row in warehouse.QueryAsync("first_full_run", sql, [new("table", BigQueryDbType.String, entity.Table)], cancellationToken))
            {
                since = row["ended_at"] as DateTime?;
            }
        }

        if (since is not { } from)
        {
            return null;
        }

        BigQueryParameter[] parameters =
        [
            Synced(synced), new("since", BigQueryDbType.Timestamp, from), new("tolerance", BigQueryDbType.Int64, (long)request.Tolerance.TotalMilliseconds),
        ];
        var sides = await GroupAsync($"compare_timelines_{entity.Table}", CompareSql.Timelines(baseline.Name, history, Telling(entity, baseline)), "side", parameters, cancellationToken);
        return new(from, sides.GetValueOrDefault("baseline", IdSamples.None), sides.GetValueOrDefault("here", IdSamples.None), IsObserved(entity));
    }

    private async Task<Dictionary<string, IdSamples>> GroupAsync(
        string name, string sql, string key, IReadOnlyList<BigQueryParameter> parameters, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<string, IdSamples>(StringComparer.Ordinal);
        await foreach (var row in warehouse.QueryAsync(name, sql, parameters, cancellationToken))
        {
            var known = groups.GetValueOrDefault(row.Text(key), IdSamples.None);
            groups[row.Text(key)] = new(row.Number("found"), [.. known.SampleIds, row.Text("id")]);
        }

        return groups;
    }

    private bool IsObserved(Entity entity) => options.Value.VersionStart == VersionStart.Observed || entity.ModifiedTimeField is null;

    private static BigQueryParameter Synced(DateTime synced) => new("synced", BigQueryDbType.Timestamp, synced);
}

/// <summary>A table to compare.</summary>
/// <param name="Run">The comparison.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Synced">When the old connector last synced, UTC; null where its tables are empty.</param>
/// <param name="Since">From when on versions are compared; null: from the end of the first full run.</param>
/// <param name="Tolerance">How far apart the starts of one version may lie.</param>
public sealed record CompareTableRequest(string Run, string Table, Baseline Baseline, DateTime? Synced, DateTimeOffset? Since, TimeSpan Tolerance);
