namespace HelpdeskSync.Functions.Cutover;

/// <summary>Ids that something was found of.</summary>
/// <param name="Found">How many.</param>
/// <param name="SampleIds">Up to ten of them.</param>
public sealed record IdSamples(long Found, IReadOnlyList<string> SampleIds)
{
    /// <summary>Nothing was found.</summary>
    public static IdSamples None { get; } = new(0, []);
}

/// <summary>A column whose values differ.</summary>
/// <param name="Column">Its name here.</param>
/// <param name="Differing">The records whose values differ.</param>
public sealed record ColumnDifference(string Column, IdSamples Differing);

/// <summary>Versions that begin on one side only.</summary>
/// <param name="Since">From when on versions were compared, UTC.</param>
/// <param name="Missing">Versions that the old connector has and this history has not.</param>
/// <param name="Extra">Versions that only this history has; not a fault where the old connector looks less often.</param>
/// <param name="StartsAreObserved">Whether versions begin here when the app looked, not at the record's modified time.</param>
public sealed record TimelineComparison(DateTime Since, IdSamples Missing, IdSamples Extra, bool StartsAreObserved);

/// <summary>How one history table and the old connector's differ.</summary>
public sealed record TableComparison
{
    /// <summary>The table, by its short name.</summary>
    public required string Table { get; init; }

    /// <summary>When the old connector last synced, UTC; null where its tables have no rows. What changed here later is not compared.</summary>
    public DateTime? BaselineSynced { get; init; }

    /// <summary>Active rows of the old connector.</summary>
    public long BaselineActive { get; init; }

    /// <summary>Active rows here.</summary>
    public long Active { get; init; }

    /// <summary>Records active once on each side, whose columns were compared.</summary>
    public long Compared { get; init; }

    /// <summary>Records active there that were never here.</summary>
    public IdSamples Missing { get; init; } = IdSamples.None;

    /// <summary>Records active there that are closed here, as deleted ones are.</summary>
    public IdSamples Closed { get; init; } = IdSamples.None;

    /// <summary>Records active here that were never there.</summary>
    public IdSamples Extra { get; init; } = IdSamples.None;

    /// <summary>Records active here that are closed there, as deleted ones are.</summary>
    public IdSamples ClosedThere { get; init; } = IdSamples.None;

    /// <summary>Records of which several versions are active here.</summary>
    public IdSamples ActiveTwice { get; init; } = IdSamples.None;

    /// <summary>Records of which several versions are active there.</summary>
    public IdSamples ActiveTwiceThere { get; init; } = IdSamples.None;

    /// <summary>Records that changed here after the old connector's last sync: left out.</summary>
    public IdSamples Newer { get; init; } = IdSamples.None;

    /// <summary>Columns that only the old table has.</summary>
    public IReadOnlyList<string> OnlyInBaseline { get; init; } = [];

    /// <summary>Columns that only this table has. Never a fault.</summary>
    public IReadOnlyList<string> OnlyHere { get; init; } = [];

    /// <summary>Columns that were not compared: fields that the connector document calls volatile, whose change alone makes no version here.</summary>
    public IReadOnlyList<string> NotCompared { get; init; } = [];

    /// <summary>Records of which at least one shared column differs.</summary>
    public long DifferingRecords { get; init; }

    /// <summary>The columns that differ most, the worst first; at most twenty.</summary>
    public IReadOnlyList<ColumnDifference> Columns { get; init; } = [];

    /// <summary>How the versions compare; null where both sides have kept history for no time yet.</summary>
    public TimelineComparison? Timeline { get; init; }

    /// <summary>Why the table could not be compared; null where it was.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether nothing stands in the way of the cut-over.</summary>
    public bool Pass => Blockers.Count == 0;

    /// <summary>What stands in the way, in words; empty when the table passes.</summary>
    public IReadOnlyList<string> Blockers => [.. Faults()];

    internal static TableComparison WithoutBaseline(string table, string reason) => new() { Table = table, Refusal = reason };

    private IEnumerable<string> Faults()
    {
        if (Refusal is { } refusal)
        {
            yield return refusal;
        }

        (IdSamples Records, string Fault)[] kinds =
        [
            (Missing, "are active in the baseline and were never here"),
            (Closed, "are active in the baseline and closed here"),
            (Extra, "are active here and were never in the baseline"),
            (ClosedThere, "are active here and closed in the baseline"),
            (ActiveTwice, "have several active versions here"),
            (ActiveTwiceThere, "have several active versions in the baseline"),
        ];
        foreach (var (records, fault) in kinds.Where(kind => kind.Records.Found > 0))
        {
            yield return $"{records.Found} records {fault}.";
        }

        if (Newer.Found > 0 && Compared == 0 && Array.TrueForAll(kinds, kind => kind.Records.Found == 0))
        {
            yield return $"All {Newer.Found} records began here after the old connector's last sync ({BaselineSynced:u}), so nothing was compared. Let it sync once more.";
        }

        if (OnlyInBaseline.Count > 0)
        {
            yield return $"Columns that only the baseline has: {string.Join(", ", OnlyInBaseline)}.";
        }

        if (DifferingRecords > 0)
        {
            yield return $"{DifferingRecords} records differ in {string.Join(", ", Columns.Select(column => column.Column))}.";
        }

        if (Timeline is { Missing.Found: > 0 } timeline)
        {
            yield return $"{timeline.Missing.Found} versions of the baseline have none here that begins at the same time."
                + (timeline.StartsAreObserved ? " Versions begin here when the app looked: let tolerance be the old connector's sync interval." : "");
        }
    }
}

/// <summary>The cut-over report.</summary>
/// <param name="Pass">Whether every table passes: any mismatch is a blocker.</param>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Tables">How each table compares.</param>
public sealed record CompareReport(bool Pass, Baseline Baseline, IReadOnlyList<TableComparison> Tables);
