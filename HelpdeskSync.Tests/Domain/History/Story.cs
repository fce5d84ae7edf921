using System.Globalization;
using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.Domain.History;

/// <summary>Tells the history of one record in milliseconds after a fixed day, so that expectations read as a line.</summary>
internal sealed class Story(HistoryConventions conventions)
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<HistoryVersion> Versions { get; private set; } = [];

    public ObservationOutcome Saw(string hash, int observed, int? modified = null) =>
        Apply(Observation.OfRecord("1", At(observed), modified is { } at ? At(at) : null, hash));

    public ObservationOutcome Gone(int observed) => Apply(Observation.OfGone("1", At(observed)));

    public ObservationOutcome Apply(Observation observation)
    {
        (Versions, var outcome) = Timeline.Apply(Versions, observation, conventions);
        Assert.Empty(Timeline.Faults(Versions, conventions));
        return outcome;
    }

    /// <summary>Each version as content[start,end]@synced, an open one as content[start,*]@synced.</summary>
    public override string ToString() => string.Join(" ", Versions.Select(version =>
        $"{version.Hash}[{Ms(version.Start)},{(version.Active ? "*" : Ms(version.End!.Value))}]@{Ms(version.Synced)}"));

    public static DateTimeOffset At(int milliseconds) => Day.AddMilliseconds(milliseconds);

    private static string Ms(DateTimeOffset time) => (time - Day).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
