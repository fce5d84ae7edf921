using Google.Api.Gax;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <content>Jobs and uploads.</content>
public abstract partial class BigQueryClient
{
    private static readonly TimeSpan s_firstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromSeconds(1);

    /// <summary>A job by its id, in this client's project.</summary>
    public virtual Task<BigQueryJob> GetJobAsync(string jobId, GetJobOptions? options = null, CancellationToken cancellationToken = default) =>
        GetJobAsync(new JobReference { ProjectId = ProjectId, JobId = jobId, Location = _defaultLocation }, options, cancellationToken);

    /// <summary>A job.</summary>
    public virtual async Task<BigQueryJob> GetJobAsync(JobReference jobReference, GetJobOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = $"projects/{jobReference.ProjectId}/jobs/{jobReference.JobId}?prettyPrint=false" + (jobReference.Location is null ? "" : $"&{LocationQuery(jobReference)}");
        return new(this, await Rest.SendAsync<Job>(HttpMethod.Get, path, null, cancellationToken));
    }

    /// <summary>Asks for a job until it is done; DONE is not success, see its status.</summary>
    public virtual async Task<BigQueryJob> PollJobUntilCompletedAsync(
        JobReference jobReference, GetJobOptions? options = null, PollSettings? pollSettings = null, CancellationToken cancellationToken = default)
    {
        var wait = s_firstPoll;
        while (true)
        {
            var job = await GetJobAsync(jobReference, options, cancellationToken);
            if (job.State == JobState.Done)
            {
                return job;
            }

            await Task.Delay(wait, TimeProvider.System, cancellationToken);
            wait = wait * 2 < s_longestPoll ? wait * 2 : s_longestPoll;
        }
    }

    /// <summary>Asks for the job to stop.</summary>
    public virtual async Task<BigQueryJob> CancelJobAsync(JobReference jobReference, CancelJobOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = $"projects/{jobReference.ProjectId}/jobs/{jobReference.JobId}/cancel?prettyPrint=false"
            + (jobReference.Location is null ? "" : $"&{LocationQuery(jobReference)}");
        return new(this, (await Rest.SendAsync<JobCancelResponse>(HttpMethod.Post, path, null, cancellationToken)).Job!);
    }

    /// <summary>Loads rows, a JSON object each, into a table.</summary>
    public virtual async Task<BigQueryJob> UploadJsonAsync(
        string datasetId, string tableId, TableSchema? schema, IEnumerable<string> rows, UploadJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var data = new MemoryStream();
        await using (var writer = new StreamWriter(data, leaveOpen: true) { NewLine = "\n" })
        {
            foreach (var row in rows)
            {
                await writer.WriteLineAsync(row.AsMemory(), cancellationToken);
            }
        }

        data.Position = 0;
        return await UploadJsonAsync(datasetId, tableId, schema, data, options, cancellationToken);
    }

    /// <summary>Loads newline-delimited JSON into a table.</summary>
    public virtual async Task<BigQueryJob> UploadJsonAsync(
        string datasetId, string tableId, TableSchema? schema, Stream input, UploadJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        var load = new JobConfigurationLoad
        {
            DestinationTable = new TableReference { ProjectId = ProjectId, DatasetId = datasetId, TableId = tableId },
            Schema = schema,
            SourceFormat = "NEWLINE_DELIMITED_JSON",
            IgnoreUnknownValues = options?.AllowUnknownFields,
            Autodetect = options?.Autodetect,
            MaxBadRecords = options?.MaxBadRecords,
            WriteDisposition = options?.WriteDisposition switch
            {
                null => null,
                WriteDisposition.WriteAppend => "WRITE_APPEND",
                WriteDisposition.WriteTruncate => "WRITE_TRUNCATE",
                WriteDisposition.WriteIfEmpty => "WRITE_EMPTY",
                _ => throw new ArgumentException($"Write disposition {options.WriteDisposition} is unsupported by the local BigQuery.", nameof(options)),
            },
        };
        var job = new Job { JobReference = NewJob(options), Configuration = new JobConfiguration { Load = load, Labels = options?.Labels } };
        return new(this, await Rest.UploadAsync<Job>(job.JobReference.ProjectId!, job, input, cancellationToken));
    }
}
