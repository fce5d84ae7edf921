using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <content>Queries.</content>
public abstract partial class BigQueryClient
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(60);

    /// <summary>Starts a query job.</summary>
    public virtual async Task<BigQueryJob> CreateQueryJobAsync(
        string sql, IEnumerable<BigQueryParameter>? parameters, QueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new JobConfigurationQuery
        {
            Query = sql,
            ParameterMode = parameters is null ? null : "named",
            QueryParameters = parameters?.Select(parameter => parameter.ToWire()).ToList(),
            UseLegacySql = options?.UseLegacySql ?? false,
            UseQueryCache = options?.UseQueryCache,
            MaximumBytesBilled = options?.MaximumBytesBilled,
            DefaultDataset = options?.DefaultDataset,
        };
        var job = new Job
        {
            JobReference = NewJob(options),
            Configuration = new JobConfiguration { Query = query, DryRun = options?.DryRun, Labels = options?.Labels },
        };
        return new(this, await Rest.SendAsync<Job>(HttpMethod.Post, $"projects/{job.JobReference.ProjectId}/jobs?prettyPrint=false", job, cancellationToken));
    }

    /// <summary>Runs a query and returns its results; their further pages are read while they are enumerated.</summary>
    public virtual async Task<BigQueryResults> ExecuteQueryAsync(
        string sql, IEnumerable<BigQueryParameter>? parameters, QueryOptions? queryOptions = null, GetQueryResultsOptions? resultsOptions = null,
        CancellationToken cancellationToken = default)
    {
        var request = new QueryRequest
        {
            Query = sql,
            ParameterMode = parameters is null ? null : "named",
            QueryParameters = parameters?.Select(parameter => parameter.ToWire()).ToList(),
            UseLegacySql = queryOptions?.UseLegacySql ?? false,
            UseQueryCache = queryOptions?.UseQueryCache,
            MaximumBytesBilled = queryOptions?.MaximumBytesBilled,
            DefaultDataset = queryOptions?.DefaultDataset,
            DryRun = queryOptions?.DryRun,
            MaxResults = resultsOptions?.PageSize,
            Location = queryOptions?.JobLocation ?? _defaultLocation,
            FormatOptions = new DataFormatOptions { UseInt64Timestamp = true },
        };
        var project = queryOptions?.ProjectId ?? ProjectId;
        var answer = await Rest.SendAsync<QueryResponse>(HttpMethod.Post, $"projects/{project}/queries?prettyPrint=false", request, cancellationToken);
        if (answer.JobComplete is not true)
        {
            return await GetQueryResultsAsync(answer.JobReference!, resultsOptions, cancellationToken);
        }

        return new(this, new GetQueryResultsResponse
        {
            JobReference = answer.JobReference,
            JobComplete = true,
            CacheHit = answer.CacheHit,
            NumDmlAffectedRows = answer.NumDmlAffectedRows,
            PageToken = answer.PageToken,
            Rows = answer.Rows,
            Schema = answer.Schema,
            TotalRows = answer.TotalRows,
        });
    }

    /// <summary>The results of a query job; waits until it has ended.</summary>
    public virtual async Task<BigQueryResults> GetQueryResultsAsync(
        JobReference jobReference, GetQueryResultsOptions? options = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await ReadPageAsync(jobReference, options?.PageSize, options?.PageToken, cancellationToken);
            if (page.JobComplete is true)
            {
                return new(this, page);
            }
        }
    }

    internal Task<GetQueryResultsResponse> ReadPageAsync(JobReference job, int? pageSize, string? pageToken, CancellationToken cancellationToken) =>
        Rest.SendAsync<GetQueryResultsResponse>(
            HttpMethod.Get,
            $"projects/{job.ProjectId}/queries/{job.JobId}?formatOptions.useInt64Timestamp=true&timeoutMs={(long)s_wait.TotalMilliseconds}&prettyPrint=false"
            + (pageSize is { } size ? $"&maxResults={size}" : "") + (pageToken is null ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}")
            + (job.Location is null ? "" : $"&{LocationQuery(job)}"),
            null,
            cancellationToken);
}
