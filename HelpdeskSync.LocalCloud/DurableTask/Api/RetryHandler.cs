namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is tried again. Runs in the orchestrator, again on each replay: it must be deterministic.</summary>
/// <param name="retryContext">What failed, and how often.</param>
/// <returns>True to try again at once; false to let the failure surface.</returns>
public delegate bool RetryHandler(RetryContext retryContext);
