namespace HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

/// <summary>What goes wrong. The names, with a small first letter, are those of <c>PUT /_emulator/faults</c>.</summary>
public enum FaultKind
{
    /// <summary>The request waits before it is looked at; it then goes on, and other rules may still fail it.</summary>
    Latency,

    /// <summary>The connection is cut before anything happened.</summary>
    ConnectionReset,

    /// <summary>The work is done, or the job accepted, and the connection is cut instead of an answer.</summary>
    LostResponse,

    /// <summary>HTTP 503 <c>backendError</c>, before anything happened.</summary>
    BackendError,

    /// <summary>HTTP 500 <c>internalError</c>, before anything happened.</summary>
    InternalError,

    /// <summary>HTTP 403 <c>rateLimitExceeded</c>, before anything happened.</summary>
    RateLimitExceeded,

    /// <summary>HTTP 403 <c>quotaExceeded</c>, before anything happened.</summary>
    QuotaExceeded,

    /// <summary>The job is accepted, does nothing and ends with <c>jobBackendError</c>.</summary>
    JobBackendError,

    /// <summary>The job is accepted, does nothing and ends with <c>jobInternalError</c>.</summary>
    JobInternalError,

    /// <summary>The job is accepted, does nothing and ends with <c>jobRateLimitExceeded</c>.</summary>
    JobRateLimitExceeded,

    /// <summary>A job that would change a table ends as the loser of a race with another: <c>invalidQuery</c>, "Could not serialize access ...".</summary>
    CouldNotSerialize,

    /// <summary>A job that would change a table ends as a transaction that met another's change: <c>invalidQuery</c>, "Transaction is aborted ...".</summary>
    AbortedConcurrentUpdate,
}
