using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Google;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Options;
using Polly;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>
/// Brings jobs to their end under ids of our own: the same id after an unclear answer, so that nothing runs twice; a new id after a failed job.
/// </summary>
/// <remarks>
/// Ids are unique to the call, not made from its content: BigQuery remembers ids for months, and a statement that is due again (its table was
/// made anew, or an earlier observation returns) must run again. What repeats after a crash is safe because the statements are.
/// </remarks>
public sealed partial class WarehouseJobs(WarehouseClient clients, IOptions<BigQueryOptions> options, TimeProvider time, ILogger<WarehouseJobs> logger)
{
    private readonly ResiliencePipeline _unclear = JobPatience.Unclear(time);
    private readonly ResiliencePipeline _failed = JobPatience.Failed(options.Value, time);
    private readonly string _process = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _calls;

    /// <summary>Submits a job and waits until it has succeeded.</summary>
    /// <param name="name">What it is, for its ids and for messages.</param>
    /// <param name="submit">Submits it under an id; called again for every attempt.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <exception cref="WarehouseException">It failed, or could not be run in all attempts.</exception>
    public async Task<BigQueryJob> RunAsync(
        string name, Func<BigQueryClient, string, CancellationToken, Task<BigQueryJob>> submit, CancellationToken cancellationToken)
    {
        var call = NewCallId();
        var attempt = 0;
        return await _failed.ExecuteAsync(
            async token => await AttemptAsync($"{name}_{call}_{attempt++.ToString(CultureInfo.InvariantCulture)}", submit, token), cancellationToken);
    }

    /// <summary>A text that no other call has, in this process or another.</summary>
    public string NewCallId() => $"{_process}_{Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Makes a call that may be repeated at will, until its answer is clear.</summary>
    public async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await _unclear.ExecuteAsync(async token => await ask(token), cancellationToken);
        }
        catch (Exception exception) when (JobFailure.IsOfTheService(exception, cancellationToken))
        {
            throw WarehouseException.Of(what, exception);
        }
    }

    private async Task<BigQueryJob> AttemptAsync(
        string jobId, Func<BigQueryClient, string, CancellationToken, Task<BigQueryJob>> submit, CancellationToken cancellationToken)
    {
        var job = await AskAsync($"job '{jobId}'", token => SubmitOrFindAsync(jobId, submit, token), cancellationToken);
        job = await AskAsync($"job '{jobId}'", token => job.PollUntilCompletedAsync(cancellationToken: token), cancellationToken);
        if (job.Status?.ErrorResult is { } error)
        {
            Log.JobFailed(logger, jobId, error.Reason);
            throw WarehouseException.Of(jobId, error);
        }

        return job;
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

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Warning, "BigQuery job {JobId} failed: {Reason}")]
        public static partial void JobFailed(ILogger logger, string jobId, string? reason);
    }
}
