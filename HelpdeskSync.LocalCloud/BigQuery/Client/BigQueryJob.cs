using System.Net;
using Google.Api.Gax;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Requests;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A job as it was when it was asked for.</summary>
public sealed class BigQueryJob
{
    private readonly BigQueryClient _client;

    /// <summary>Wraps a resource.</summary>
    public BigQueryJob(BigQueryClient client, Job resource)
    {
        _client = client;
        Resource = resource;
    }

    /// <summary>The resource itself.</summary>
    public Job Resource { get; }

    /// <summary>Project, location and id.</summary>
    public JobReference Reference => Resource.JobReference!;

    /// <summary>State and errors.</summary>
    public JobStatus? Status => Resource.Status;

    /// <summary>Times, bytes, rows.</summary>
    public JobStatistics? Statistics => Resource.Statistics;

    /// <summary>How far it is.</summary>
    public JobState State => Status?.State switch
    {
        "DONE" => JobState.Done,
        "RUNNING" => JobState.Running,
        _ => JobState.Pending,
    };

    /// <summary>Asks until the job is done.</summary>
    public Task<BigQueryJob> PollUntilCompletedAsync(GetJobOptions? options = null, PollSettings? pollSettings = null, CancellationToken cancellationToken = default) =>
        _client.PollJobUntilCompletedAsync(Reference, options, pollSettings, cancellationToken);

    /// <summary>The rows of a query job.</summary>
    public Task<BigQueryResults> GetQueryResultsAsync(GetQueryResultsOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.GetQueryResultsAsync(Reference, options, cancellationToken);

    /// <summary>Asks for the job to stop.</summary>
    public Task<BigQueryJob> CancelAsync(CancelJobOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.CancelJobAsync(Reference, options, cancellationToken);

    /// <summary>Throws when the job met any error; returns the job itself otherwise.</summary>
    /// <exception cref="GoogleApiException">Carries the errors.</exception>
    public BigQueryJob ThrowOnAnyError() => Throw(Status?.Errors ?? []);

    /// <summary>Throws when the job failed; returns the job itself otherwise.</summary>
    /// <exception cref="GoogleApiException">Carries the error.</exception>
    public BigQueryJob ThrowOnFatalError() => Throw(Status?.ErrorResult is { } error ? [error] : []);

    private BigQueryJob Throw(IList<ErrorProto> errors)
    {
        if (errors.Count == 0)
        {
            return this;
        }

        var texts = string.Join("\n", errors.Select(error => error.Message));
        throw new GoogleApiException("bigquery", $"Job {Reference.ProjectId}/{Reference.JobId} contained {errors.Count} error(s). First error message: {errors[0].Message}")
        {
            HttpStatusCode = HttpStatusCode.OK,
            Error = new RequestError
            {
                Message = texts,
                Errors = [.. errors.Select(error => new SingleError { Reason = error.Reason, Message = error.Message, Location = error.Location })],
            },
        };
    }
}
