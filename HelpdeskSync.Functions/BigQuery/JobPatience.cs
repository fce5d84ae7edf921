using Polly;
using Polly.Retry;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>How long BigQuery is asked again. What outlasts this is left to the orchestration, whose waits are hours and cost nothing.</summary>
/// <remarks>Source: cloud.google.com/bigquery/sla asks for a back-off of 1 s to 32 s; a quota does not come back within seconds.</remarks>
internal static class JobPatience
{
    private const int UnclearAttempts = 6;
    private const int QuotaAttempts = 3;

    /// <summary>For calls whose answer never came, or came from a service in trouble.</summary>
    public static ResiliencePipeline Unclear(TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(Retry(JobFailureKind.Ambiguous, UnclearAttempts, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(32)))
            .Build();

    /// <summary>For jobs that have failed and may succeed when they are run again, and, far slower, for those that met a quota.</summary>
    public static ResiliencePipeline Failed(BigQueryOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddRetry(Retry(JobFailureKind.Quota, QuotaAttempts, options.QuotaDelay, TimeSpan.FromHours(1)));
        if (options.Attempts > 1)
        {
            builder.AddRetry(Retry(JobFailureKind.RunAgain, options.Attempts - 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(32)));
        }

        return builder.Build();
    }

    private static RetryStrategyOptions Retry(JobFailureKind kind, int retries, TimeSpan first, TimeSpan longest) => new()
    {
        ShouldHandle = asked => ValueTask.FromResult(
            asked.Outcome.Exception is { } exception
            && JobFailure.IsOfTheService(exception, asked.Context.CancellationToken) && JobFailure.Of(exception) == kind),
        MaxRetryAttempts = retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = first,
        MaxDelay = longest,
    };
}
