using System.Globalization;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a statement did.</summary>
/// <param name="Inserted">Rows inserted.</param>
/// <param name="Updated">Rows updated.</param>
/// <param name="BytesBilled">Bytes billed, in bytes.</param>
public sealed record StatementResult(long Inserted, long Updated, long BytesBilled);

/// <summary>Runs statements, queries and loads as BigQuery jobs under ids of our own: the same id after an unclear answer, a new one after a failed job.</summary>
public sealed partial class Warehouse(WarehouseClient clients, IOptions<BigQueryOptions> options, TimeProvider time, ILogger<Warehouse> logger)
{
    private readonly ResiliencePipeline _unclear = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Patience(JobFailureKind.Ambiguous, 6)).Build();
    private readonly ResiliencePipeline _failed = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(Patience(JobFailureKind.RunAgain, options.Value.Attempts)).Build();
    private long _calls;

    /// <summary>Runs one statement to its end.</summary>
    /// <param name="name">What it is, for job ids and messages: <c>merge_tickets</c>.</param>
    /// <param name="sql">GoogleSQL.</param>
    /// <param name="parameters">Its named parameters.</param>
    /// <param name="content">Text that is the same for the same work: a repeated call then finds the first one's job. Null: every call is new work.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    public async Task<StatementResult> ExecuteAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters, string? content, CancellationToken cancellationToken)
    {
        var job = await RunAsync(
            name, content ?? CallId(), (client, jobId, token) => client.CreateQueryJobAsync(sql, parameters, QueryOptionsFor(jobId), token), cancellationToken);
        var query = job.Statistics?.Query;
        return new(query?.DmlStats?.InsertedRowCount ?? 0, query?.DmlStats?.UpdatedRowCount ?? 0, query?.TotalBytesBilled ?? 0);
    }

    /// <summary>Runs a query and returns its rows, read page by page while they are enumerated.</summary>
    public async IAsyncEnumerable<BigQueryRow> QueryAsync(
        string name, string sql, IReadOnlyList<BigQueryParameter> parameters,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = await RunAsync(
            name, CallId(), (client, jobId, token) => client.CreateQueryJobAsync(sql, parameters, QueryOptionsFor(jobId), token), cancellationToken);
        var results = await _unclear.ExecuteAsync(async token => await job.GetQueryResultsAsync(cancellationToken: token), cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>Appends NDJSON to a table by a load job.</summary>
    public Task LoadAsync(string name, string table, TableSchema schema, IEnumerable<string> rows, CancellationToken cancellationToken) =>
        RunAsync(
            name,
            CallId(),
            (client, jobId, token) => client.UploadJsonAsync(
                options.Value.Dataset, table, schema, rows, new UploadJsonOptions { JobId = jobId, WriteDisposition = WriteDisposition.WriteAppend }, token),
            cancellationToken);

    /// <summary>A table's columns, or null when there is no such table.</summary>
    public Task<TableSchema?> FindSchemaAsync(string table, CancellationToken cancellationToken) =>
        _unclear.ExecuteAsync(
            async token =>
            {
                try
                {
                    var client = await clients.GetAsync(token);
                    return (await client.GetTableAsync(options.Value.Dataset, table, cancellationToken: token)).Schema;
                }
                catch (GoogleApiException missing) when (missing.HttpStatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellationToken).AsTask();

    /// <summary>Makes the dataset where it is absent.</summary>
    public Task EnsureDatasetAsync(CancellationToken cancellationToken) =>
        _unclear.ExecuteAsync(
            async token => await (await clients.GetAsync(token)).GetOrCreateDatasetAsync(
                options.Value.Dataset, new Dataset { Location = options.Value.Location }, cancellationToken: token),
            cancellationToken).AsTask();

    private Task<BigQueryJob> RunAsync(
        string name, string content, Func<BigQueryClient, string, CancellationToken, Task<BigQueryJob>> submit, CancellationToken cancellationToken)
    {
        var attempt = 0;
        return _failed.ExecuteAsync(
            async token =>
            {
                var jobId = $"{name}_{SqlNames.Digest(content)}_{attempt++.ToString(CultureInfo.InvariantCulture)}";
                var job = await _unclear.ExecuteAsync(async inner => await SubmitOrFindAsync(jobId, submit, inner), token);
                job = await _unclear.ExecuteAsync(async inner => await job.PollUntilCompletedAsync(cancellationToken: inner), token);
                if (job.Status?.ErrorResult is { } error)
                {
                    Log.JobFailed(logger, jobId, error.Reason);
                    throw new WarehouseException(
                        $"BigQuery job '{jobId}' failed ({error.Reason}): {error.Message} Look the job up by its id in BigQuery's job history.", JobFailure.Of(error));
                }

                return job;
            },
            cancellationToken).AsTask();
    }

    private async Task<BigQueryJob> SubmitOrFindAsync(
        string jobId, Func<BigQueryClient, string, CancellationToken, Task<BigQueryJob>> submit, CancellationToken cancellationToken)
    {
        var client = await clients.GetAsync(cancellationToken);
        try
        {
            return await submit(client, jobId, cancellationToken);
        }
        catch (GoogleApiException taken) when (taken.HttpStatusCode == HttpStatusCode.Conflict)
        {
            return await client.GetJobAsync(jobId, cancellationToken: cancellationToken);
        }
    }

    private QueryOptions QueryOptionsFor(string jobId) => new()
    {
        JobId = jobId,
        UseLegacySql = false,
        UseQueryCache = false,
        MaximumBytesBilled = options.Value.MaximumBytesBilled,
    };

    private string CallId() => $"{time.GetUtcNow().Ticks}-{Environment.ProcessId}-{Interlocked.Increment(ref _calls)}";

    private static RetryStrategyOptions Patience(JobFailureKind kind, int attempts) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(exception => exception is not OperationCanceledException or TaskCanceledException { InnerException: TimeoutException }
            && JobFailure.Of(exception) == kind),
        MaxRetryAttempts = attempts,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(32),
    };

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Warning, "BigQuery job {JobId} failed: {Reason}")]
        public static partial void JobFailed(ILogger logger, string jobId, string? reason);
    }
}
