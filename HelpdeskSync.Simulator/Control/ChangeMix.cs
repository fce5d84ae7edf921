namespace HelpdeskSync.Simulator.Control;

/// <summary>The body of POST /_simulator/changes.</summary>
internal sealed record StreamSettings
{
    /// <summary>Changes a second, real time; above 0, at most 10,000. Default 1.</summary>
    public double PerSecond { get; init; } = 1;

    /// <summary>Length in real seconds; null runs until stopped.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the random choices are drawn from; default is the helpdesk's seed and the number of the stream.</summary>
    public long? Seed { get; init; }

    public ChangeMix Mix { get; init; } = new();
}

/// <summary>How often each kind of change occurs, relative to one another.</summary>
internal sealed record ChangeMix
{
    public double Create { get; init; } = 1;

    public double Update { get; init; } = 6;

    public double Comment { get; init; } = 3;

    public double Thread { get; init; } = 3;

    public double Delete { get; init; } = 1;

    public double Restore { get; init; } = 0.2;

    public double[] Weights => [Create, Update, Comment, Thread, Delete, Restore];
}
