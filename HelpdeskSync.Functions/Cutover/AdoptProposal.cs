using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>What the app's settings should be, after what the old connector's tables show.</summary>
/// <param name="Settings">The settings, ready to be pasted among the app's: <c>History__OpenEnd</c> and so on. What the tables do not tell is not among them.</param>
/// <param name="Decisions">How each was decided.</param>
/// <param name="VolatileFields">Fields to add to the connector document's <c>volatileFields</c> (Helpdesk:Connector), by table.</param>
/// <param name="Doubts">What is not as clear as the settings look.</param>
public sealed record AdoptProposal(
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<AdoptDecision> Decisions,
    IReadOnlyDictionary<string, IReadOnlyList<string>> VolatileFields,
    IReadOnlyList<string> Doubts)
{
    private const double Clear = 0.95;

    /// <summary>One proposal over all tables.</summary>
    internal static AdoptProposal Of(IReadOnlyList<AdoptedTable> tables)
    {
        var seen = tables.Where(table => table.Refusal is null).ToList();
        var openEnd = Decide(nameof(HistoryOptions.OpenEnd), seen, table => table.Conventions.Active, [
            (nameof(OpenEnd.Null), table => table.Conventions.OpenNull), (nameof(OpenEnd.Maximum), table => table.Conventions.OpenMaximum)]);
        var superseded = Decide(nameof(HistoryOptions.SupersededEnd), seen, table => table.Conventions.Superseded, [
            (nameof(SupersededEnd.NextStart), table => table.Conventions.EndAtNextStart),
            (nameof(SupersededEnd.NextStartMinusOneMillisecond), table => table.Conventions.EndOneMillisecondBefore)]);
        var start = Decide(nameof(HistoryOptions.VersionStart), seen, table => table.Conventions.Dated, [
            (nameof(VersionStart.Observed), table => table.Conventions.Dated - table.Conventions.StartAtModified),
            (nameof(VersionStart.SourceModified), table => table.Conventions.StartAtModified)]);
        var naming = DecideNaming(seen);
        AdoptDecision[] decisions = [openEnd, superseded, start, naming];
        var columns = seen.SelectMany(table => ColumnsOf(table, naming.Value)).ToList();
        return new(
            decisions.Where(decision => decision.Value is not null).Select(decision => KeyValuePair.Create($"History__{decision.Setting}", decision.Value!))
                .Concat(columns).ToDictionary(setting => setting.Key, setting => setting.Value),
            decisions,
            seen.Where(table => table.LoneChanges.Any(change => change.Proposed))
                .ToDictionary(table => table.Table, table => (IReadOnlyList<string>)[.. table.LoneChanges.Where(change => change.Proposed).Select(change => change.Path!)]),
            [.. decisions.SelectMany(decision => decision.Doubts), .. tables.SelectMany(DoubtsOf), .. seen.SelectMany(table => NotesOf(table, naming.Value)), .. ImportDoubts(seen, decisions)]);
    }

    // The most versions decide; every table that says otherwise, or both, is named.
    private static AdoptDecision Decide(
        string setting, List<AdoptedTable> tables, Func<AdoptedTable, long> all, (string Value, Func<AdoptedTable, long> Count)[] values)
    {
        var total = tables.Sum(all);
        var (value, count) = values.MaxBy(value => tables.Sum(value.Count));
        if (tables.Sum(count) == 0)
        {
            return new(setting, null, 0, total, [$"History:{setting}: the tables have nothing to tell it by{(total > 0 ? $", {total} rows are written otherwise" : "")}."]);
        }

        return new(setting, value, tables.Sum(count), total, [.. tables.Where(table => count(table) < all(table) * Clear).Select(table =>
            $"History:{setting}: table {table.Table} is not {value} throughout: {string.Join(", ", values.Select(other => $"{other.Value} {other.Count(table)}"))} of {all(table)}.")]);
    }

    private static AdoptDecision DecideNaming(List<AdoptedTable> tables)
    {
        const string Setting = nameof(HistoryOptions.Naming);
        var sums = Enum.GetValues<NamingConvention>().Select(naming => (Naming: naming, Matched: tables.Sum(table => Fit(table, naming.ToString())?.Matched ?? 0))).ToList();
        var fields = tables.Sum(table => table.Namings.Count == 0 ? 0 : table.Namings[0].Fields);
        var (chosen, matched) = sums.MaxBy(sum => sum.Matched);
        if (sums.TrueForAll(sum => sum.Matched == matched))
        {
            return new(Setting, null, matched, fields, [$"History:{Setting}: {(matched == 0 ? "no field has its column under either naming" : "every name that is there is the same under both namings")}."]);
        }

        return new(Setting, chosen.ToString(), matched, fields, [.. tables.Where(table => table.Namings.Any(fit => fit.Matched > Fit(table, chosen.ToString())!.Matched)).Select(table =>
            $"History:{Setting}: table {table.Table} suits another naming better: {string.Join(", ", table.Namings.Select(fit => $"{fit.Naming} {fit.Matched}"))} of {table.Namings[0].Fields} fields.")]);
    }

    // What was imported stays as it is, whatever is set afterwards.
    private static IEnumerable<string> ImportDoubts(List<AdoptedTable> tables, AdoptDecision[] decisions)
    {
        var settings = tables.Find(table => table.Import is { Imported: > 0 })?.Settings;
        return settings is null ? [] : decisions.Where(decision => decision.Value is { } value && settings.GetValueOrDefault($"History__{decision.Setting}") is { } now && now != value)
            .Select(decision => $"History:{decision.Setting}: versions were imported under {settings[$"History__{decision.Setting}"]}, not under {decision.Value} as proposed. "
                + "Set what is proposed first, then import into tables that are new.");
    }

    private static NamingFit? Fit(AdoptedTable table, string? naming) =>
        table.Namings.FirstOrDefault(fit => fit.Naming.ToString() == (naming ?? nameof(NamingConvention.AsIs)));

    private static IEnumerable<KeyValuePair<string, string>> ColumnsOf(AdoptedTable table, string? naming)
    {
        foreach (var column in Fit(table, naming)?.Columns ?? [])
        {
            var setting = $"History__Columns__{table.Table}__{column.Path}__";
            if (column.Name is { } name)
            {
                yield return new(setting + nameof(ColumnRule.Name), name);
            }

            if (column.Type is { } type)
            {
                yield return new(setting + nameof(ColumnRule.Type), type.ToString());
            }
        }
    }

    private static IEnumerable<string> NotesOf(AdoptedTable table, string? naming)
    {
        var figures = table.Conventions;
        if (figures.OpenMaximum > figures.OpenMaximumAsOurs)
        {
            yield return $"{table.Table}: {figures.OpenMaximum - figures.OpenMaximumAsOurs} active rows end on 9999-12-31 but not at 23:59:59.999, which Maximum writes. Models that compare the end with their exact value must change.";
        }

        foreach (var note in Fit(table, naming)?.Notes ?? [])
        {
            yield return $"{table.Table}: {note}";
        }
    }

    private static IEnumerable<string> DoubtsOf(AdoptedTable table) =>
        new[] { table.Refusal }.OfType<string>().Concat(table.Notes).Select(doubt => $"{table.Table}: {doubt}");
}

/// <summary>How a setting was decided.</summary>
/// <param name="Setting">The setting, in section <c>History</c>.</param>
/// <param name="Value">Its proposed value; null where the tables do not tell.</param>
/// <param name="For">Rows (for the naming: fields) that are written so.</param>
/// <param name="Of">Rows (fields) in all.</param>
/// <param name="Doubts">What speaks against it.</param>
public sealed record AdoptDecision(string Setting, string? Value, long For, long Of, IReadOnlyList<string> Doubts);
