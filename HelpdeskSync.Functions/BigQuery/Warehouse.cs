using System.Runtime.CompilerServices;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a statement did.</summary>
/// <param name="Inserted">Rows inserted.</param>
/// <param name="Updated">Rows updated.</param>
/// <param name="BytesBilled">Bytes billed, in bytes.</param>
public sealed record StatementResult(long Inserted, long Updated, long BytesBilled);

/// <summary>Runs statements, queries and loads as BigQuery jobs: each call to its end, whatever passes by itself in between.</summary>
public sealed class Warehouse(WarehouseClient clients, WarehouseJobs jobs, MeasureLog measures, Instruments instruments, IOptions<BigQueryOptions> options)
{
    /// <summary>Runs one statement to its end.</summary>
    /// <param name="name">What it is, for job ids and messages: <c>merge_tickets</c>.</param>
    /// <param name="sql">GoogleSQL.</param>
    /// <param name="parameters">Its named parameters.</param>
    /// <param name="spending">Where its cost is added; null where nobody counts.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <exception cref="WarehouseException">It failed, or could not be run in all attempts.</exception>
    public async Task<StatementResult> ExecuteAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters, Spending? spending, CancellationToken cancellationToken)
    {
        var job = await RunQueryAsync(name, sql, parameters, spending, cancellationToken);
        var query = job.Statistics?.Query;
        return new(query?.DmlStats?.InsertedRowCount ?? 0, query?.DmlStats?.UpdatedRowCount ?? 0, query?.TotalBytesBilled ?? 0);
    }

    /// <summary>Runs a query and returns its rows, read page by page while they are enumerated. Nobody counts its cost.</summary>
    public IAsyncEnumerable<BigQueryRow> QueryAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters, CancellationToken cancellationToken) =>
        QueryAsync(name, sql, parameters, null, cancellationToken);

    /// <summary>Runs a query and returns its rows, read page by page while they are enumerated.</summary>
    public async IAsyncEnumerable<BigQueryRow> QueryAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters, Spending? spending,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = await RunQueryAsync(name, sql, parameters, spending, cancellationToken);
        var results = await jobs.AskAsync(name, async token => await job.GetQueryResultsAsync(cancellationToken: token), cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>Appends NDJSON to a table by a load job.</summary>
    public Task LoadAsync(string name, string table, TableSchema schema, IEnumerable<string> rows, CancellationToken cancellationToken) =>
        jobs.RunAsync(
            name,
            (client, jobId, token) => client.UploadJsonAsync(options.Value.Dataset, table, schema, rows, Append(jobId), token),
            cancellationToken);

    /// <summary>Appends NDJSON to a table by a load job.</summary>
    /// <param name="name">What it is, for job ids and messages.</param>
    /// <param name="table">The table, unquoted.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="rows">UTF-8 lines; read from the start by every attempt, and left open.</param>
    /// <param name="cancellationToken">Stops waiting; a job that was begun goes on.</param>
    public Task LoadAsync(string name, string table, TableSchema schema, Stream rows, CancellationToken cancellationToken) =>
        jobs.RunAsync(
            name,
            (client, jobId, token) =>
            {
                rows.Position = 0;
                return client.UploadJsonAsync(options.Value.Dataset, table, schema, rows, Append(jobId), token);
            },
            cancellationToken);

    /// <summary>A table's columns, or null when there is no such table.</summary>
    public Task<TableSchema?> FindSchemaAsync(string table, CancellationToken cancellationToken) =>
        FindSchemaAsync(options.Value.ProjectId, options.Value.Dataset, table, cancellationToken);

    /// <summary>The columns of a table of any project and dataset, or null when there is no such table.</summary>
    public async Task<TableSchema?> FindSchemaAsync(string project, string dataset, string table, CancellationToken cancellationToken) =>
        (await FindTableAsync(project, dataset, table, cancellationToken))?.Schema;

    /// <summary>A table of any project and dataset: its columns, partitioning and clustering. Null when there is no such table.</summary>
    public Task<Table?> FindTableAsync(string project, string dataset, string table, CancellationToken cancellationToken) =>
        jobs.AskAsync(
            $"the columns of '{table}'",
            async token =>
            {
                try
                {
                    var client = await clients.GetAsync(token);
                    return (await client.GetTableAsync(project, dataset, table, cancellationToken: token)).Resource;
                }
                catch (GoogleApiException missing) when (missing.HttpStatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>Makes the dataset where it is absent.</summary>
    public Task EnsureDatasetAsync(CancellationToken cancellationToken) =>
        jobs.AskAsync(
            $"dataset '{options.Value.Dataset}'",
            async token => await (await clients.GetAsync(token)).GetOrCreateDatasetAsync(
                options.Value.Dataset, new Dataset { Location = options.Value.Location }, cancellationToken: token),
            cancellationToken);

    private async Task<BigQueryJob> RunQueryAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters, Spending? spending, CancellationToken cancellationToken)
    {
        var job = await jobs.RunAsync(
            name, (client, jobId, token) => client.CreateQueryJobAsync(sql, parameters, QueryOptionsFor(jobId), token), cancellationToken);
        var bytesBilled = job.Statistics?.Query?.TotalBytesBilled ?? 0;
        spending?.Add(bytesBilled);
        measures.Ran(bytesBilled);
        instruments.Billed(name, bytesBilled);
        return job;
    }

    private QueryOptions QueryOptionsFor(string jobId) => new()
    {
        JobId = jobId,
        UseLegacySql = false,
        UseQueryCache = false,
        MaximumBytesBilled = options.Value.MaximumBytesBilled,
    };

    private static UploadJsonOptions Append(string jobId) => new() { JobId = jobId, WriteDisposition = WriteDisposition.WriteAppend };
}
