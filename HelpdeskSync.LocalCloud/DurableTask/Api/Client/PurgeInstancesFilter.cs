namespace Microsoft.DurableTask.Client;

/// <summary>Which finished instances are purged.</summary>
/// <param name="CreatedFrom">Earliest creation, inclusive.</param>
/// <param name="CreatedTo">Latest creation, inclusive.</param>
/// <param name="Statuses">Wanted states; null or empty for every finished one.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);
