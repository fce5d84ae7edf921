namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What a person can do about a failure. Source: cloud.google.com/bigquery/docs/error-messages, checked 2026-11.</summary>
internal static class JobAdvice
{
    /// <summary>One or two sentences for BigQuery's reason.</summary>
    public static string For(string? reason, string? message) => reason switch
    {
        "accessDenied" => "Grant the app's identity BigQuery Job User on the project and BigQuery Data Editor on the dataset.",
        "bytesBilledLimitExceeded" => OverBudget,
        _ when message?.Contains("limit for bytes billed", StringComparison.OrdinalIgnoreCase) ?? false => OverBudget,
        "billingNotEnabled" => "Enable billing for the project: BigQuery's free sandbox takes no DML.",
        "notFound" => "Check BigQuery:ProjectId, BigQuery:Dataset and BigQuery:Location; a dataset outside the US and EU needs its location. History tables that were dropped are made anew.",
        "quotaExceeded" => "A quota of the project is used up. The work is tried again by itself, ever later; look at the project's BigQuery quotas, and at what else uses them.",
        "resourcesExceeded" or "responseTooLarge" => "Lower BigQuery:LargestGroupRows or BigQuery:LargestGroupBytes, so that a statement takes less at once.",
        "stopped" => "Somebody cancelled the job. The work is tried again with the next run.",
        "rateLimitExceeded" or "jobRateLimitExceeded" or "backendError" or "jobBackendError" or "internalError" or "jobInternalError" or "tableUnavailable" =>
            "BigQuery is in trouble or busy. The work is tried again by itself; raise BigQuery:Attempts if this happens often.",
        _ => "Look the job up by its id in BigQuery's job history, and compare the table's columns with what the statement writes.",
    };

    private const string OverBudget =
        "The statement would read more than BigQuery:MaximumBytesBilled allows. Raise that setting, or make the statement read less: a history table must be clustered by id.";
}
