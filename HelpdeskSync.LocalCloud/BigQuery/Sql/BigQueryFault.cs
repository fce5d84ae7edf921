namespace HelpdeskSync.LocalCloud.BigQuery;

/// <summary>An error that BigQuery reports: an HTTP status, a short reason and a message in its words.</summary>
internal sealed class BigQueryFault(int status, string reason, string message, string? location = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;

    public string? Location { get; } = location;

    /// <summary>What led to it, when it only says that something did; a job lists them beside it.</summary>
    public IReadOnlyList<BigQueryFault> Details { get; init; } = [];

    public static BigQueryFault InvalidQuery(string message) => new(400, "invalidQuery", message, "query");

    public static BigQueryFault Invalid(string message, string? location = null) => new(400, "invalid", message, location);

    public static BigQueryFault Required(string member) => new(400, "required", $"Required parameter is missing: {member}", member);

    public static BigQueryFault Unsupported(string what) => InvalidQuery($"unsupported by the local BigQuery: {what}");

    public static BigQueryFault NotFound(string message) => new(404, "notFound", message);

    public static BigQueryFault Duplicate(string message) => new(409, "duplicate", message);
}
