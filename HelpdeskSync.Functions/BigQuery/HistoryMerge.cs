using System.Collections.Frozen;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using Microsoft.Extensions.Options;
using Microsoft.IO;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Brings a batch to BigQuery and merges it: a small one travels as one JSON parameter, a large one is loaded into a staging table before.</summary>
public sealed partial class HistoryMerge(
    Warehouse warehouse, WarehouseJobs jobs, SqlNames names, IOptions<BigQueryOptions> bigQuery, IOptions<HistoryOptions> history, ILogger<HistoryMerge> logger)
{
    private readonly RecyclableMemoryStreamManager _memory = new();

    /// <summary>Merges rows, at most one an id, into the entity's history table, whose columns they fit.</summary>
    /// <exception cref="WarehouseException">BigQuery refused, or stayed unable for all attempts.</exception>
    public async Task<StatementResult> RunAsync(
        Entity entity, IReadOnlyList<HistoryRow> rows, FrozenDictionary<string, ColumnType> columns, Spending spending, CancellationToken cancellationToken)
    {
        using var batch = HistoryBatch.From(rows, columns, _memory);
        var isSmall = rows.Count <= bigQuery.Value.LargestParameterBatch && batch.Length <= bigQuery.Value.LargestParameterBytes;
        return isSmall
            ? await MergeAsync(entity, rows, batch, null, spending, cancellationToken)
            : await StageAndMergeAsync(entity, rows, batch, spending, cancellationToken);
    }

    /// <summary>Parameter <c>@ids</c>.</summary>
    internal static BigQueryParameter IdsOf(IEnumerable<HistoryRow> rows) =>
        new("ids", BigQueryDbType.Array, rows.Select(row => row.Id).ToList()) { ArrayElementType = BigQueryDbType.String };

    // A name of its own for each try: what another one left behind is in nobody's way and expires by itself.
    private async Task<StatementResult> StageAndMergeAsync(
        Entity entity, IReadOnlyList<HistoryRow> rows, HistoryBatch batch, Spending spending, CancellationToken cancellationToken)
    {
        var stage = SqlNames.Stage(jobs.NewCallId(), entity.Table, "batch");
        List<Column> columns = [.. batch.Columns.Concat(BatchColumns.All).Select(column => column with { Type = ColumnType.String })];
        await warehouse.ExecuteAsync("create_stage", TableSql.CreateStage(names.Table(stage), columns), [], spending, cancellationToken);
        try
        {
            await warehouse.LoadAsync($"load_{entity.Table}", stage, StageSchema.Of(columns), batch.Lines, cancellationToken);
            return await MergeAsync(entity, rows, batch, names.Table(stage), spending, cancellationToken);
        }
        finally
        {
            await DropAsync(stage, spending, cancellationToken);
        }
    }

    private Task<StatementResult> MergeAsync(
        Entity entity, IReadOnlyList<HistoryRow> rows, HistoryBatch batch, string? stage, Spending spending, CancellationToken cancellationToken)
    {
        var sql = MergeSql.Build(names.Table(entity.HistoryTable), stage, batch.Columns, history.Value.Conventions);
        List<BigQueryParameter> parameters = [IdsOf(rows)];
        if (stage is null)
        {
            parameters.Add(new("batch", BigQueryDbType.String, batch.ToJsonArray()));
        }

        return warehouse.ExecuteAsync($"merge_{entity.Table}", sql, parameters, spending, cancellationToken);
    }

    // What has been merged is merged, and what has failed says so itself: a staging table that stays is no failure, it expires within a day.
    private async Task DropAsync(string stage, Spending spending, CancellationToken cancellationToken)
    {
        try
        {
            await warehouse.ExecuteAsync("drop_stage", TableSql.Drop(names.Table(stage)), [], spending, cancellationToken);
        }
        catch (WarehouseException left)
        {
            Log.StageLeft(logger, stage, left.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2002, LogLevel.Warning, "Staging table {Stage} could not be dropped and expires by itself: {Reason}")]
        public static partial void StageLeft(ILogger logger, string stage, string reason);
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
