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

    /// <summary>
    /// How long after its end an instance is kept before the engine purges it, with its history. Default: for ever
    /// (<see cref="Timeout.InfiniteTimeSpan"/>), as on Azure; the local host sets 30 days.
    /// </summary>
    public TimeSpan KeepFinished { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Whether each commit is flushed to the disk before it is acknowledged, so that it outlives a power cut too. Default false: it outlives
    /// the process, at any instruction, which is what is asked of a stand-in; the cost of true is a disk flush a commit.
    /// </summary>
    public bool FlushEveryCommit { get; init; }

    /// <summary>Bytes that the database may take; when they are used up callers get an error and running work waits. Default 0: the disk's.</summary>
    public long LargestDatabase { get; init; }
}
