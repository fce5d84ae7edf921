namespace Microsoft.DurableTask.Client;

/// <summary>Which instances a query returns.</summary>
/// <param name="CreatedFrom">Earliest creation, inclusive.</param>
/// <param name="CreatedTo">Latest creation, inclusive.</param>
/// <param name="Statuses">Wanted states; null or empty for all.</param>
/// <param name="TaskHubNames">Not looked at: one database is one task hub.</param>
/// <param name="InstanceIdPrefix">How the id begins, case included; null or empty for all.</param>
/// <param name="PageSize">Instances a page.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom status come along.</param>
/// <param name="ContinuationToken">Where to begin; null for the start.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>Instances a page where nothing else is asked for.</summary>
    public const int DefaultPageSize = 100;
}
