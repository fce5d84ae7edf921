using System.Collections.Frozen;
using System.Text.Json;
using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Finds for each column of the old table the one of ours that takes its values.</summary>
internal static class AdoptColumns
{
    /// <summary>The pairs of columns; ours may be absent yet, then with the old type.</summary>
    /// <param name="entity">What kind of record.</param>
    /// <param name="schema">The old table's columns.</param>
    /// <param name="fields">Fields of records that were fetched; none where there are no records.</param>
    /// <param name="options">What the app's columns are called.</param>
    /// <param name="here">Our table's columns.</param>
    public static IReadOnlyList<AdoptColumn> Map(
        Entity entity, TableSchema schema, IReadOnlyList<SampledField> fields, HistoryOptions options, FrozenDictionary<string, ColumnType> here)
    {
        var there = schema.Fields!.Where(field => !BaselineTables.IsSystem(field.Name!)).ToDictionary(field => field.Name!, ColumnTypes.FromRest, StringComparer.OrdinalIgnoreCase);
        var names = Names(entity, fields, options).Concat(here.Keys.Where(name => !BaselineTables.IsSystem(name)).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(name => name, name => name, StringComparer.OrdinalIgnoreCase);

        // A column of the same name takes the values, whatever is alike; of names that are alike only, one that stands alone.
        var free = names.Keys.Where(name => !there.ContainsKey(name)).ToLookup(AdoptNames.Alike, StringComparer.Ordinal);
        var claims = there.Keys.Where(name => !names.ContainsKey(name)).ToLookup(AdoptNames.Alike, StringComparer.Ordinal);
        return [.. there.Select(column =>
        {
            var alike = AdoptNames.Alike(column.Key);
            var target = names.GetValueOrDefault(column.Key) ?? (claims[alike].Count() == 1 ? free[alike].FirstOrDefault() : null) ?? column.Key;
            return new AdoptColumn(column.Key, column.Value, target, here.TryGetValue(target, out var type) ? type : Writable(column.Value));
        })];
    }

    /// <summary>The column that takes a column's values that do not fit.</summary>
    public static string SideOf(AdoptColumn column) => ColumnFit.SideColumn(new(column.Target, ColumnType.String, "", JsonValueKind.String));

    private static IEnumerable<string> Names(Entity entity, IReadOnlyList<SampledField> fields, HistoryOptions options)
    {
        var given = options.NamesOf(entity.Table);
        var named = new[] { entity.ParentField, entity.ModifiedTimeField, entity.CreatedTimeField }.Concat(entity.ChildCountFields).OfType<string>();
        return fields.Select(field => given.GetValueOrDefault(field.Path) ?? field.Name(options.Naming)).Concat(named.Select(path => options.ColumnOf(entity.Table, path)));
    }

    private static ColumnType Writable(ColumnType type) => type == ColumnType.Foreign ? ColumnType.String : type;
}
