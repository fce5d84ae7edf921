namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is tried again; may await durable timers for a delay. Must be deterministic.</summary>
/// <param name="retryContext">What failed, and how often.</param>
/// <returns>True to try again at once; false to let the failure surface.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
