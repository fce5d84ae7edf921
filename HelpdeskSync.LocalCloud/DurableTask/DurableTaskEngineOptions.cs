using System.Text.Json;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>How the local Durable Task engine runs.</summary>
public sealed record DurableTaskEngineOptions
{
    /// <summary>The SQLite file; made when missing. One process at a time may use it.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The task hub's name, which is also the client's.</summary>
    public string TaskHubName { get; init; } = "TestHubName";

    /// <summary>Activities that run at the same time. Default 10 a processor, as the Functions host has it.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrator turns that run at the same time. Default 10 a processor, as the Functions host has it.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// How long an orchestrator may block its thread on a task before its instance fails. Blocking on a durable task would never end, because
    /// only a later turn could complete it. Default 10 s.
    /// </summary>
    public TimeSpan LongestBlock { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How inputs, outputs and events are written and read. Default: the Functions worker's (reading is case-insensitive).</summary>
    public JsonSerializerOptions SerializerOptions { get; init; } = new() { PropertyNameCaseInsensitive = true };
}
