using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

/// <summary>Injected faults in BigQuery's codes, reasons and words (cloud.google.com/bigquery/docs/error-messages).</summary>
internal static class InjectedFaults
{
    private const string Internal =
        "An internal error occurred and the request could not be completed. This is usually caused by a transient issue. Retrying the job with back-off as described in the BigQuery SLA should solve the problem.";

    private const string Backend = "Error encountered during execution. Retrying may solve the problem.";

    public static BigQueryFault Of(FaultKind kind, TableName? target) => kind switch
    {
        FaultKind.BackendError => new(503, "backendError", Backend),
        FaultKind.InternalError => new(500, "internalError", Internal),
        FaultKind.RateLimitExceeded => new(403, "rateLimitExceeded", "Exceeded rate limits: too many api requests per user per method for this user_method. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas"),
        FaultKind.QuotaExceeded => new(403, "quotaExceeded", "Quota exceeded: Your project exceeded quota for imports per project. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas"),
        FaultKind.JobBackendError => new(400, "jobBackendError", Backend),
        FaultKind.JobInternalError => new(400, "jobInternalError", Internal),
        FaultKind.JobRateLimitExceeded => new(400, "jobRateLimitExceeded", "Exceeded rate limits: too many table update operations for this table. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas"),
        FaultKind.CouldNotSerialize => CouldNotSerialize(target),
        FaultKind.AbortedConcurrentUpdate => BigQueryFault.InvalidQuery($"Transaction is aborted due to concurrent update against table {target}. Transaction ID: local"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind is no error document."),
    };

    public static BigQueryFault CouldNotSerialize(TableName? target) =>
        BigQueryFault.InvalidQuery($"Could not serialize access to table {target} due to concurrent update");
}
