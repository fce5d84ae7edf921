using System.Text;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Turns a group of observations into statements, at most one row an id in each, and says what became of every one.</summary>
public sealed class HistoryStatements(
    Warehouse warehouse, SqlNames names, SchemaFitter fitter, IOptions<BigQueryOptions> bigQuery, IOptions<HistoryOptions> history)
{
    private readonly RecordFlattener _flattener = new(history.Value.Naming);

    /// <summary>Writes the records in the order of their observation.</summary>
    public async Task<WriteOutcomes> WriteAsync(Entity entity, IReadOnlyList<StagedRecord> records, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcomes(records.Count);
        var rows = records.Select(record => HistoryRow.From(record, entity, _flattener)).ToList();
        foreach (var round in Rounds(rows))
        {
            await WriteRoundAsync(entity, rows, round, outcomes, cancellationToken);
        }

        return outcomes;
    }

    // The n-th round holds the n-th observation of each record, so that no statement meets a target row twice.
    private static IEnumerable<List<int>> Rounds(List<HistoryRow> rows)
    {
        var byRecord = Enumerable.Range(0, rows.Count).GroupBy(index => rows[index].Id, StringComparer.Ordinal)
            .Select(group => group.OrderBy(index => rows[index].ObservedAt).ToList()).ToList();
        for (var round = 0; byRecord.Any(record => record.Count > round); round++)
        {
            yield return [.. byRecord.Where(record => record.Count > round).Select(record => record[round])];
        }
    }

    private async Task WriteRoundAsync(
        Entity entity, List<HistoryRow> rows, List<int> round, WriteOutcomes outcomes, CancellationToken cancellationToken)
    {
        var chosen = round.ConvertAll(index => rows[index]);
        var columns = await fitter.FitAsync(entity.HistoryTable, chosen, cancellationToken);
        var batch = HistoryBatch.From(chosen, columns);
        var result = await MergeAsync(entity, chosen, batch, cancellationToken);
        outcomes.Add(result);
        if (result.Inserted == chosen.Count)
        {
            round.ForEach(index => outcomes.Set(index, ObservationOutcome.Opened));
            return;
        }

        var standing = await StandingAsync(entity, chosen, cancellationToken);
        for (var i = 0; i < round.Count; i++)
        {
            outcomes.Set(round[i], WriteOutcomes.Of(chosen[i], standing[chosen[i].Id]));
        }
    }

    private async Task<StatementResult> MergeAsync(Entity entity, List<HistoryRow> rows, HistoryBatch batch, CancellationToken cancellationToken)
    {
        var target = names.Table(entity.HistoryTable);
        var ids = new BigQueryParameter("ids", BigQueryDbType.Array, rows.ConvertAll(row => row.Id)) { ArrayElementType = BigQueryDbType.String };
        var content = string.Concat(batch.Lines);
        if (batch.Lines.Count <= bigQuery.Value.LargestParameterBatch && Encoding.UTF8.GetByteCount(content) <= bigQuery.Value.LargestParameterBytes)
        {
            var sql = MergeSql.Build(target, null, batch.Columns, history.Value.Conventions);
            var json = new BigQueryParameter("batch", BigQueryDbType.String, $"[{string.Join(',', batch.Lines)}]");
            return await warehouse.ExecuteAsync($"merge_{entity.Table}", sql, [ids, json], sql + content, cancellationToken);
        }

        var stage = SqlNames.Stage(content, entity.Table, "batch");
        var columns = batch.Columns.Concat(BatchColumns.All).ToList();
        await warehouse.ExecuteAsync("create_stage", TableSql.CreateStage(names.Table(stage), columns), [], null, cancellationToken);
        await warehouse.LoadAsync($"load_{entity.Table}", stage, StageSchema.Of(columns), batch.Lines, cancellationToken);
        var merge = MergeSql.Build(target, names.Table(stage), batch.Columns, history.Value.Conventions);
        var result = await warehouse.ExecuteAsync($"merge_{entity.Table}", merge, [ids], merge + content, cancellationToken);
        await warehouse.ExecuteAsync("drop_stage", TableSql.Drop(names.Table(stage)), [], null, cancellationToken);
        return result;
    }

    private async Task<ILookup<string, StandingVersion>> StandingAsync(Entity entity, List<HistoryRow> rows, CancellationToken cancellationToken)
    {
        var versions = new List<StandingVersion>();
        BigQueryParameter[] parameters =
        [
            new("ids", BigQueryDbType.Array, rows.ConvertAll(row => row.Id)) { ArrayElementType = BigQueryDbType.String },
            new("since", BigQueryDbType.Timestamp, rows.Min(row => row.ObservedAt).UtcDateTime),
        ];
        await foreach (var row in warehouse.QueryAsync($"standing_{entity.Table}", HistorySql.Standing(names.Table(entity.HistoryTable)), parameters, cancellationToken))
        {
            versions.Add(new(
                row.Text("id"), row.Flag("_fivetran_active"), row.Time("_fivetran_synced"), row["_fivetran_end"] as DateTime?, row.Text("_row_hash")));
        }

        return versions.ToLookup(version => version.Id, StringComparer.Ordinal);
    }
}

/// <summary>Schemas of load jobs.</summary>
internal static class StageSchema
{
    /// <summary>The columns as the REST API takes them.</summary>
    public static TableSchema Of(IEnumerable<Column> columns) => new()
    {
        Fields = [.. columns.Select(column => new TableFieldSchema { Name = column.Name, Type = ColumnTypes.Sql(column.Type), Mode = "NULLABLE" })],
    };
}
