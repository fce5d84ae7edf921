using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Turns a group of observations into statements, at most one row an id in each, and says what became of every one.</summary>
public sealed class HistoryStatements(
    Warehouse warehouse, SqlNames names, SchemaFitter fitter, HistoryTables tables, HistoryMerge merge)
{
    /// <summary>Writes the rows in the order of their observation.</summary>
    /// <exception cref="WarehouseException">BigQuery refused, or stayed unable for all attempts.</exception>
    public async Task<WriteOutcomes> WriteAsync(Entity entity, IReadOnlyList<HistoryRow> rows, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcomes(rows.Count);
        foreach (var round in Rounds(rows, outcomes))
        {
            await WriteRoundAsync(entity, rows, round, outcomes, cancellationToken);
        }

        return outcomes;
    }

    // The n-th round holds the n-th observation of each record, so that no statement meets a target row twice.
    private static IEnumerable<List<int>> Rounds(IReadOnlyList<HistoryRow> rows, WriteOutcomes outcomes)
    {
        var byRecord = Enumerable.Range(0, rows.Count).GroupBy(index => rows[index].Id, StringComparer.Ordinal)
            .Select(group => WithoutRepetition(rows, [.. group.OrderBy(index => rows[index].ObservedAt)], outcomes)).ToList();
        for (var round = 0; byRecord.Count > 0; round++)
        {
            yield return byRecord.ConvertAll(record => record[round]);
            byRecord.RemoveAll(record => record.Count == round + 1);
        }
    }

    // The same observation twice in a row is that observation once: no statement is needed to know.
    private static List<int> WithoutRepetition(IReadOnlyList<HistoryRow> rows, List<int> record, WriteOutcomes outcomes)
    {
        var kept = new List<int>(record.Count);
        foreach (var index in record)
        {
            var (row, last) = (rows[index], kept.Count > 0 ? rows[kept[^1]] : null);
            if (last is not null && last.ObservedAt == row.ObservedAt && last.Hash == row.Hash && last.ModifiedAt == row.ModifiedAt)
            {
                outcomes.Set(index, row.Hash is null ? ObservationOutcome.AlreadyGone : ObservationOutcome.Unchanged);
            }
            else
            {
                kept.Add(index);
            }
        }

        return kept;
    }

    private async Task WriteRoundAsync(
        Entity entity, IReadOnlyList<HistoryRow> rows, List<int> round, WriteOutcomes outcomes, CancellationToken cancellationToken)
    {
        var chosen = round.ConvertAll(index => rows[index]);
        StatementResult result;
        try
        {
            result = await MergeAsync(entity, chosen, outcomes.Spending, cancellationToken);
        }
        catch (WarehouseException refused) when (refused.MayBeOfTheRows)
        {
            if (!await tables.HasChangedAsync(entity.HistoryTable, outcomes.Spending, cancellationToken))
            {
                throw;
            }

            result = await MergeAsync(entity, chosen, outcomes.Spending, cancellationToken);
        }

        if (!outcomes.TrySet(round, chosen, result))
        {
            outcomes.Set(round, chosen, result, await StandingAsync(entity, chosen, outcomes.Spending, cancellationToken));
        }
    }

    private async Task<StatementResult> MergeAsync(Entity entity, List<HistoryRow> rows, Spending spending, CancellationToken cancellationToken) =>
        await merge.RunAsync(entity, rows, await fitter.FitAsync(entity, rows, spending, cancellationToken), spending, cancellationToken);

    private async Task<ILookup<string, StandingVersion>> StandingAsync(
        Entity entity, List<HistoryRow> rows, Spending spending, CancellationToken cancellationToken)
    {
        var versions = new List<StandingVersion>();
        BigQueryParameter[] parameters = [HistoryMerge.IdsOf(rows), new("since", BigQueryDbType.Timestamp, rows.Min(row => row.ObservedAt).UtcDateTime)];
        var sql = HistorySql.Standing(names.Table(entity.HistoryTable));
        await foreach (var row in warehouse.QueryAsync($"standing_{entity.Table}", sql, parameters, spending, cancellationToken))
        {
            var active = row.Flag("_fivetran_active");
            versions.Add(new(
                row.Text("id"), active, row.Time("_fivetran_start"), row["_fivetran_synced"] as DateTime?, active ? null : row["_fivetran_end"] as DateTime?,
                row["_row_hash"] as string));
        }

        return versions.ToLookup(version => version.Id, StringComparer.Ordinal);
    }
}
