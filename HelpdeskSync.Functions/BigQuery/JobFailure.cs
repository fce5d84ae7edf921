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

    /// <summary>A failure that a call threw.</summary>
    public static JobFailureKind Of(Exception exception) => exception switch
    {
        WarehouseException warehouse => warehouse.Kind,
        GoogleApiException api when IsRunAgain(api.Error?.Errors?.Select(e => e.Reason), api.Error?.Message ?? api.Message) => JobFailureKind.RunAgain,
        GoogleApiException { HttpStatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } => JobFailureKind.Ambiguous,
        GoogleApiException => JobFailureKind.Final,
        HttpRequestException or IOException or TimeoutException or TaskCanceledException => JobFailureKind.Ambiguous,
        _ => JobFailureKind.Final,
    };

    /// <summary>A failure with which a job ended (<c>status.errorResult</c>).</summary>
    public static JobFailureKind Of(ErrorProto error) =>
        IsRunAgain([error.Reason], error.Message) ? JobFailureKind.RunAgain : JobFailureKind.Final;

    private static bool IsRunAgain(IEnumerable<string?>? reasons, string? message) =>
        (reasons?.Any(reason => reason is not null && s_runAgain.Contains(reason)) ?? false)
        || (message is not null && s_conflicts.Any(text => message.Contains(text, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>A statement that BigQuery did not carry out. The message names the statement, the reason and what to do; never a value of a record.</summary>
public sealed class WarehouseException : Exception
{
    internal WarehouseException(string message, JobFailureKind kind, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    internal JobFailureKind Kind { get; }
}
