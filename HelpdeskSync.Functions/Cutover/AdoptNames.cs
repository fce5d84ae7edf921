using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>A field of the records that were fetched.</summary>
/// <param name="Path">Its dotted path.</param>
/// <param name="AsIs">Its values, under the name that <see cref="NamingConvention.AsIs"/> gives the column.</param>
/// <param name="SnakeCase">The column's name under <see cref="NamingConvention.SnakeCase"/>.</param>
internal sealed record SampledField(string Path, IReadOnlyList<FlatField> AsIs, string SnakeCase)
{
    /// <summary>The column's name under a naming.</summary>
    public string Name(NamingConvention naming) => naming == NamingConvention.AsIs ? AsIs[0].Name : SnakeCase;

    /// <summary>The name that the column would have if no other field had it too: <c>commenterId</c> and <c>commenter.id</c> both want commenter_id.</summary>
    public string WantedName(NamingConvention naming) => string.Join('_', Path.Split('.').Select(name => ColumnNames.Sanitise(name, naming)));

    /// <summary>How deep the field lies in the record.</summary>
    public int Depth => Path.Count(letter => letter == '.');

    /// <summary>The type that the app would choose for a new column; null where no value tells.</summary>
    public ColumnType? Type => AsIs.Where(value => !value.IsNull).Select(value => value.Type).Aggregate((ColumnType?)null, (one, other) => one is { } known ? ColumnFit.Wider(known, other!.Value) : other);

    /// <summary>Whether every value that was seen goes into a column of the type.</summary>
    public bool Fits(ColumnType type) => AsIs.All(value => ColumnFit.Fits(value, type));
}

/// <summary>Compares field names and types with the old table's columns.</summary>
internal static class AdoptNames
{
    /// <summary>Letters and digits alone, in lower case: names that differ in nothing else are taken for one.</summary>
    public static string Alike(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>How well the old columns suit one naming.</summary>
    /// <param name="naming">The naming.</param>
    /// <param name="fields">Fields of the records that were fetched.</param>
    /// <param name="there">The old table's columns, without system columns and the id.</param>
    public static NamingFit Fit(NamingConvention naming, IReadOnlyList<SampledField> fields, IReadOnlyDictionary<string, ColumnType> there)
    {
        var stored = there.ToDictionary(column => column.Key, column => column, StringComparer.OrdinalIgnoreCase);
        var matched = fields.Where(field => stored.ContainsKey(field.Name(naming))).ToList();
        var free = there.Keys.Except(matched.Select(field => field.Name(naming)), StringComparer.OrdinalIgnoreCase).ToLookup(Alike, StringComparer.Ordinal);
        var claims = fields.Except(matched).ToLookup(field => Alike(field.WantedName(naming)), StringComparer.Ordinal);
        var (columns, missing, notes) = (new List<ColumnProposal>(), new List<string>(), new List<string>());
        foreach (var field in fields)
        {
            var name = field.Name(naming);
            var (alike, claimants) = (free[Alike(field.WantedName(naming))].ToList(), claims[Alike(field.WantedName(naming))].OrderBy(claimant => claimant.Depth).ToList());
            var isFirst = claimants is [var first, ..] && first == field && (claimants.Count == 1 || claimants[1].Depth > field.Depth);
            if (stored.TryGetValue(name, out var same))
            {
                Add(field, same, null);
            }
            else if (alike.Count == 0 || (alike.Count == 1 && !isFirst && claimants.Count > 1 && claimants[0].Depth < claimants[1].Depth))
            {
                missing.Add(field.Path);
            }
            else if (alike.Count > 1 || !isFirst)
            {
                notes.Add($"{field.Path}: columns {string.Join(", ", alike)} could be its own. Give it one: History:Columns:...:{field.Path}:Name.");
            }
            else if (!ColumnNames.CanBeGiven(alike[0]))
            {
                notes.Add($"{field.Path}: the app cannot write to column {alike[0]}, whose name it keeps for itself.");
            }
            else
            {
                Add(field, stored[alike[0]], alike[0]);
                if (claimants.Count > 1)
                {
                    notes.Add($"{string.Join(", ", claimants.Select(claimant => claimant.Path))}: column {alike[0]} could be of each; it is proposed for the first. The comparison shows whether the values agree.");
                }
            }
        }

        return new(naming, fields.Count, matched.Count, columns, missing, notes);

        void Add(SampledField field, KeyValuePair<string, ColumnType> column, string? name)
        {
            var type = TypeOf(field, column, notes);
            if (name is not null || type is not null)
            {
                columns.Add(new(field.Path, column.Key, name, type));
            }
        }
    }

    private static ColumnType? TypeOf(SampledField field, KeyValuePair<string, ColumnType> column, List<string> notes)
    {
        if (column.Value == (field.Type ?? ColumnType.String))
        {
            return null;
        }

        if (column.Value == ColumnType.Foreign || !field.Fits(column.Value))
        {
            notes.Add(column.Value == ColumnType.Foreign
                ? $"{field.Path}: column {column.Key} has a type that the app does not write (bytes, records, arrays, types with a length)."
                : $"{field.Path}: column {column.Key} is {column.Value}, which the values of today do not fit; they would go to its side column.");
            return null;
        }

        return column.Value;
    }
}
