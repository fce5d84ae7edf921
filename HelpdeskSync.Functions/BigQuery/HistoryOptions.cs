using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>How versions are written, to suit the dbt models that read them. Section <c>History</c>. Changing it later does not rewrite what stands.</summary>
public sealed class HistoryOptions
{
    /// <summary>What <c>_fivetran_end</c> of an active version holds: <c>Null</c> (default) or <c>Maximum</c> (9999-12-31 23:59:59.999).</summary>
    public OpenEnd OpenEnd { get; set; } = OpenEnd.Null;

    /// <summary>End of a superseded version: <c>NextStart</c> (default) or <c>NextStartMinusOneMillisecond</c>.</summary>
    public SupersededEnd SupersededEnd { get; set; } = SupersededEnd.NextStart;

    /// <summary>What <c>_fivetran_start</c> means: <c>Observed</c> (default; when the record was asked for) or <c>SourceModified</c> (its modified time).</summary>
    public VersionStart VersionStart { get; set; } = VersionStart.Observed;

    /// <summary>Column names: <c>AsIs</c> (default; the helpdesk's names) or <c>SnakeCase</c>.</summary>
    public NamingConvention Naming { get; set; } = NamingConvention.AsIs;

    /// <summary>
    /// Names and types of columns that the rules above would choose otherwise, by table and dotted field path: what <c>POST /api/adopt</c>
    /// proposes. Default: none.
    /// </summary>
    public Dictionary<string, Dictionary<string, ColumnRule>> Columns { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The three date conventions, as the Domain takes them.</summary>
    internal HistoryConventions Conventions => new(OpenEnd, SupersededEnd, VersionStart);

    /// <summary>The names that a table's fields were given, by their paths.</summary>
    internal Dictionary<string, string> NamesOf(string table) =>
        RulesOf(table).Where(rule => rule.Value.Name is not null).ToDictionary(rule => rule.Key, rule => rule.Value.Name!, StringComparer.Ordinal);

    /// <summary>The types that a table's columns were given, by the columns' names.</summary>
    internal Dictionary<string, ColumnType> TypesOf(string table) =>
        RulesOf(table).Where(rule => rule.Value.Type is not null)
            .ToDictionary(rule => ColumnOf(table, rule.Key), rule => rule.Value.Type!.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The column of a field, by its dotted path; where names clash within a record, a field's column has another name.</summary>
    internal string ColumnOf(string table, string path) =>
        RulesOf(table).GetValueOrDefault(path)?.Name ?? string.Join('_', path.Split('.').Select(name => ColumnNames.Sanitise(name, Naming)));

    private Dictionary<string, ColumnRule> RulesOf(string table) => Columns.GetValueOrDefault(table) ?? [];
}

/// <summary>How one field is kept.</summary>
public sealed class ColumnRule
{
    /// <summary>The column's name. Default: made of the field's path.</summary>
    public string? Name { get; set; }

    /// <summary>The column's type where the column is new. Default: the narrowest that holds the field's first value.</summary>
    public ColumnType? Type { get; set; }
}

/// <summary>Checks that each setting is one of its values: a number in configuration binds to any enum.</summary>
internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        (string Setting, bool Known, string Values)[] settings =
        [
            (nameof(options.OpenEnd), Enum.IsDefined(options.OpenEnd), string.Join(", ", Enum.GetNames<OpenEnd>())),
            (nameof(options.SupersededEnd), Enum.IsDefined(options.SupersededEnd), string.Join(", ", Enum.GetNames<SupersededEnd>())),
            (nameof(options.VersionStart), Enum.IsDefined(options.VersionStart), string.Join(", ", Enum.GetNames<VersionStart>())),
            (nameof(options.Naming), Enum.IsDefined(options.Naming), string.Join(", ", Enum.GetNames<NamingConvention>())),
        ];
        var faults = settings.Where(setting => !setting.Known).Select(setting => $"History:{setting.Setting} must be one of {setting.Values}.").ToList();
        faults.AddRange(options.Columns.Keys.SelectMany(table => FaultsOf(table, options)));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(string table, HistoryOptions options)
    {
        var rules = options.Columns[table];
        foreach (var (path, rule) in rules)
        {
            var setting = $"History:Columns:{table}:{path}";
            if (path == "id")
            {
                yield return $"{setting}: the id keeps its name and is a STRING.";
            }
            else if (rule is { Name: null, Type: null })
            {
                yield return $"{setting} must give a Name or a Type.";
            }

            if (rule.Name is { } name && !ColumnNames.CanBeGiven(name))
            {
                yield return $"{setting}:Name '{name}' cannot be a field's column: up to 300 ASCII letters, digits and underscores, not beginning with a digit, "
                    + "and not a name that BigQuery or HelpdeskSync keeps for itself.";
            }

            if (rule.Type is { } type && (!Enum.IsDefined(type) || type == ColumnType.Foreign))
            {
                yield return $"{setting}:Type must be one of {string.Join(", ", Enum.GetNames<ColumnType>().Where(known => known != nameof(ColumnType.Foreign)))}.";
            }
        }

        foreach (var twice in rules.Keys.GroupBy(path => options.ColumnOf(table, path), StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()))
        {
            yield return $"History:Columns:{table}: {string.Join(" and ", twice)} have the same column '{twice.Key}'.";
        }
    }
}
