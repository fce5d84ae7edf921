using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>What one of the old connector's tables tells.</summary>
public sealed record AdoptedTable
{
    /// <summary>The table, by its short name.</summary>
    public required string Table { get; init; }

    /// <summary>Why the table tells nothing; null where it was looked at.</summary>
    public string? Refusal { get; init; }

    /// <summary>How its ends and starts are written.</summary>
    public ConventionFigures Conventions { get; init; } = new();

    /// <summary>How its columns are named and typed, under each naming; empty where no record could be fetched to compare with.</summary>
    public IReadOnlyList<NamingFit> Namings { get; init; } = [];

    /// <summary>How many records were fetched to compare names and types with.</summary>
    public int SampledRecords { get; init; }

    /// <summary>Columns that alone changed between a version and the next, the most frequent first.</summary>
    public IReadOnlyList<LoneChange> LoneChanges { get; init; } = [];

    /// <summary>How it is partitioned and clustered, and what that means for who reads ours instead.</summary>
    public string? Layout { get; init; }

    /// <summary>What an import would bring under the settings of now; null where it was one.</summary>
    public AdoptPlan? WouldImport { get; init; }

    /// <summary>The settings under which the app looked, as they are proposed: <c>History__OpenEnd</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What became of its versions; null where nothing was imported because nobody asked for it.</summary>
    public AdoptedVersions? Import { get; init; }

    /// <summary>What could not be told, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    internal static AdoptedTable Refused(string table, string reason) => new() { Table = table, Refusal = reason };
}

/// <summary>How many versions of a table are written in which way.</summary>
public sealed record ConventionFigures
{
    /// <summary>All versions.</summary>
    public long Versions { get; init; }

    /// <summary>Active ones.</summary>
    public long Active { get; init; }

    /// <summary>Active ones whose end is NULL.</summary>
    public long OpenNull { get; init; }

    /// <summary>Active ones whose end lies on the last day of the year 9999.</summary>
    public long OpenMaximum { get; init; }

    /// <summary>Of those, the ones whose end is exactly what the app writes: 9999-12-31 23:59:59.999.</summary>
    public long OpenMaximumAsOurs { get; init; }

    /// <summary>Inactive ones that another version follows.</summary>
    public long Superseded { get; init; }

    /// <summary>Of those, the ones that end at the next start.</summary>
    public long EndAtNextStart { get; init; }

    /// <summary>Of those, the ones that end one millisecond before the next start.</summary>
    public long EndOneMillisecondBefore { get; init; }

    /// <summary>The column with the records' modified time; null where there is none.</summary>
    public string? ModifiedColumn { get; init; }

    /// <summary>Versions whose modified time is known.</summary>
    public long Dated { get; init; }

    /// <summary>Of those, the ones that start within a second of it.</summary>
    public long StartAtModified { get; init; }
}

/// <summary>A column that alone changed between a version and the next; a change of the modified time beside it does not count.</summary>
/// <param name="Column">The column.</param>
/// <param name="Path">The field's path in the record; null where it is not known.</param>
/// <param name="Alone">How often it alone changed.</param>
/// <param name="Changes">How many changes there are in all.</param>
/// <param name="Proposed">Whether it is proposed as volatile: the only change in at least a fifth of the changes, and in ten.</param>
public sealed record LoneChange(string Column, string? Path, long Alone, long Changes, bool Proposed);

/// <summary>How well a table's columns suit one naming.</summary>
/// <param name="Naming">The naming.</param>
/// <param name="Fields">Fields of the sampled records.</param>
/// <param name="Matched">Fields whose column is there under the naming's name.</param>
/// <param name="Columns">Fields that need a name or a type of their own.</param>
/// <param name="Missing">Paths of fields whose column is not there at all.</param>
/// <param name="Notes">What cannot be brought together by settings.</param>
public sealed record NamingFit(
    NamingConvention Naming, int Fields, int Matched, IReadOnlyList<ColumnProposal> Columns, IReadOnlyList<string> Missing, IReadOnlyList<string> Notes);

/// <summary>How one field is to be kept.</summary>
/// <param name="Path">Its dotted path.</param>
/// <param name="Column">Its column in the old table.</param>
/// <param name="Name">The column's name where the naming would give another; else null.</param>
/// <param name="Type">The column's type where the app would choose another; else null.</param>
public sealed record ColumnProposal(string Path, string Column, string? Name, ColumnType? Type);

/// <summary>What an import would do.</summary>
/// <param name="Import">Versions that it would import.</param>
/// <param name="Skipped">Versions that it would leave out, by the reason in words.</param>
public sealed record AdoptPlan(long Import, IReadOnlyDictionary<string, long> Skipped);

/// <summary>What became of the old table's versions.</summary>
/// <param name="Imported">Versions imported.</param>
/// <param name="Skipped">Versions left out, by the reason in words.</param>
/// <param name="AddedColumns">Columns that were added for them.</param>
/// <param name="NotCast">Values that do not fit their column's type, by column; they stand as text in the column's side column.</param>
/// <param name="Notes">What else is to be known.</param>
public sealed record AdoptedVersions(
    long Imported, IReadOnlyDictionary<string, long> Skipped, IReadOnlyList<string> AddedColumns, IReadOnlyDictionary<string, long> NotCast, IReadOnlyList<string> Notes);
