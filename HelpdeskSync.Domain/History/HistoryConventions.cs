namespace HelpdeskSync.Domain.History;

/// <summary>How this installation writes history; dbt models differ in what they expect.</summary>
/// <param name="OpenEnd">What the end column of an open version holds. Default NULL.</param>
/// <param name="SupersededEnd">Where a superseded version ends. Default at the next start.</param>
/// <param name="VersionStart">What time a version starts at. Default the observed time.</param>
public sealed record HistoryConventions(
    OpenEnd OpenEnd = OpenEnd.Null,
    SupersededEnd SupersededEnd = SupersededEnd.NextStart,
    VersionStart VersionStart = VersionStart.Observed)
{
    /// <summary>What <see cref="OpenEnd.Maximum"/> writes: 9999-12-31 23:59:59.999 UTC.</summary>
    public static DateTimeOffset MaximumEnd { get; } = new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    /// <summary>Where a version ends when the next one starts at <paramref name="nextStart"/>.</summary>
    public DateTimeOffset EndBefore(DateTimeOffset nextStart) =>
        SupersededEnd == SupersededEnd.NextStart ? nextStart : nextStart.AddMilliseconds(-1);
}
