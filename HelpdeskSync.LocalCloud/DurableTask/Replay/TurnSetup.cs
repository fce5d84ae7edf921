using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>What all turns of an engine share.</summary>
/// <param name="Converter">How payloads are converted.</param>
/// <param name="Loggers">Where orchestrators log.</param>
/// <param name="LongestBlock">How long an orchestrator may block its thread on a task.</param>
internal sealed record TurnSetup(DataConverter Converter, ILoggerFactory Loggers, TimeSpan LongestBlock);
