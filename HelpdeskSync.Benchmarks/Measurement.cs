namespace HelpdeskSync.Benchmarks;

/// <summary>One figure of a suite, as it stands in the JSON report.</summary>
/// <param name="Name">Suite and figure, such as <c>engine.activitiesPerSecond</c>; stable, so that reports can be compared.</param>
/// <param name="Value">The figure, in <paramref name="Unit"/>.</param>
/// <param name="Unit">What it counts, such as <c>1/s</c>, <c>ms</c>, <c>MB/s</c> or <c>MB</c>.</param>
internal sealed record Measurement(string Name, double Value, string Unit);
