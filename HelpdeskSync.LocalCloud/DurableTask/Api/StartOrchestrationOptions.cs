namespace Microsoft.DurableTask;

/// <summary>How a new orchestration instance is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Sets the id and the time; both may be left out.</summary>
    /// <param name="InstanceId">The instance id; null or empty generates one of 32 hexadecimal digits.</param>
    /// <param name="StartAt">When to start; null or a time in the past starts at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Copies other options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The instance id; null or empty generates one of 32 hexadecimal digits.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; null or a time in the past starts at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Labels shown in the instance's metadata; not passed to children. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of states in which an existing instance of this id must not be replaced, besides pending, running and suspended.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
