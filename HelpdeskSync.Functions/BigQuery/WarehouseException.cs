using Google;
using Google.Apis.Bigquery.v2.Data;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>A statement that BigQuery did not carry out. The message names the statement, the reason and what to do; never a value of a record.</summary>
public sealed class WarehouseException : Exception
{
    internal WarehouseException(string message, JobFailureKind kind, string? reason = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Reason = reason;
    }

    internal JobFailureKind Kind { get; }

    /// <summary>BigQuery's reason: <c>invalidQuery</c>, <c>accessDenied</c>; null where it gave none.</summary>
    internal string? Reason { get; }

    /// <summary>True when the rows themselves may be at fault, or columns that changed meanwhile; false where other rows would fail alike.</summary>
    internal bool MayBeOfTheRows =>
        Kind == JobFailureKind.Final && Reason is null or "invalid" or "invalidQuery" or "notFound" or "resourcesExceeded" or "responseTooLarge";

    /// <summary>The failure with which a job ended.</summary>
    internal static WarehouseException Of(string jobId, ErrorProto error) =>
        new($"BigQuery job '{jobId}' failed ({error.Reason}): {error.Message} {JobAdvice.For(error.Reason, error.Message)}", JobFailure.Of(error), error.Reason);

    /// <summary>The failure of a call, after all attempts.</summary>
    internal static WarehouseException Of(string what, Exception exception) => exception switch
    {
        WarehouseException known => known,
        GoogleApiException api => new(
            $"BigQuery refused {what} (HTTP {(int)api.HttpStatusCode}, {JobFailure.ReasonOf(api) ?? "no reason"}): {api.Error?.Message ?? api.Message} "
                + JobAdvice.For(JobFailure.ReasonOf(api), api.Error?.Message),
            JobFailure.Of(api), JobFailure.ReasonOf(api), api),
        _ => new(
            $"BigQuery could not be reached for {what}: {exception.Message} The work is tried again later; if this stays, check the network and BigQuery:BaseAddress.",
            JobFailureKind.Ambiguous, null, exception),
    };
}
