using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>Runs an orchestrator; it reads its input by <see cref="TaskOrchestrationContext.GetInput{T}"/>.</summary>
/// <param name="context">The instance's context.</param>
/// <returns>The result; null for none.</returns>
public delegate Task<object?> OrchestratorRunner(TaskOrchestrationContext context);

/// <summary>Runs an activity; it converts its input itself.</summary>
/// <param name="context">What is known of the call.</param>
/// <param name="inputJson">The input as JSON; null for none.</param>
/// <param name="cancellationToken">Cancelled when the engine stops without waiting any longer; the activity runs again at the next start.</param>
/// <returns>The result; null for none.</returns>
public delegate Task<object?> ActivityRunner(TaskActivityContext context, string? inputJson, CancellationToken cancellationToken);
