using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a failure of BigQuery asks for. Source: cloud.google.com/bigquery/docs/error-messages, checked 2026-11.</summary>
internal enum JobFailureKind
{
    /// <summary>Nothing is known of the job: ask again under the same id.</summary>
    Ambiguous,

    /// <summary>The job has failed and may succeed later: run it under a new id.</summary>
    RunAgain,

    /// <summary>A quota is used up: run it under a new id, much later.</summary>
    Quota,

    /// <summary>Trying again changes nothing.</summary>
    Final,
}

/// <summary>Tells the kinds of failure apart, in one place.</summary>
internal static class JobFailure
{
    private static readonly HashSet<string> s_runAgain = new(StringComparer.OrdinalIgnoreCase)
    {
        "backendError", "internalError", "rateLimitExceeded", "jobBackendError", "jobInternalError", "jobRateLimitExceeded", "tableUnavailable",
    };

    private static readonly string[] s_conflicts =
    [
        "Could not serialize access", "due to concurrent update", "Too many DML statements outstanding", "Retrying the job may solve",
    ];

    /// <summary>Whether the exception comes from BigQuery or from the way there; false for our own faults and for our own cancellation.</summary>
    public static bool IsOfTheService(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => exception is TaskCanceledException { InnerException: TimeoutException } && !cancellationToken.IsCancellationRequested,
        _ => exception is WarehouseException or GoogleApiException or HttpRequestException or IOException or TimeoutException,
    };

    /// <summary>A failure that a call threw. No answer of a call tells that a job has failed, so that its id stays good.</summary>
    public static JobFailureKind Of(Exception exception) => exception switch
    {
        WarehouseException warehouse => warehouse.Kind,
        GoogleApiException api => Of(api),
        HttpRequestException or IOException or TimeoutException or TaskCanceledException => JobFailureKind.Ambiguous,
        _ => JobFailureKind.Final,
    };

    /// <summary>A failure with which a job ended (<c>status.errorResult</c>).</summary>
    public static JobFailureKind Of(ErrorProto error) =>
        IsQuota(error.Reason) ? JobFailureKind.Quota
        : s_runAgain.Contains(error.Reason ?? "") || IsConflict(error.Message) ? JobFailureKind.RunAgain
        : JobFailureKind.Final;

    /// <summary>The reason that an answer gives.</summary>
    public static string? ReasonOf(GoogleApiException exception) => exception.Error?.Errors?.FirstOrDefault()?.Reason;

    private static JobFailureKind Of(GoogleApiException api)
    {
        var reason = ReasonOf(api);
        return api.HttpStatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
                || s_runAgain.Contains(reason ?? "") ? JobFailureKind.Ambiguous
            : IsQuota(reason) ? JobFailureKind.Quota
            : IsConflict(api.Error?.Message ?? api.Message) ? JobFailureKind.RunAgain
            : JobFailureKind.Final;
    }

    private static bool IsQuota(string? reason) => string.Equals(reason, "quotaExceeded", StringComparison.OrdinalIgnoreCase);

    private static bool IsConflict(string? message) =>
        message is not null && Array.Exists(s_conflicts, text => message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
