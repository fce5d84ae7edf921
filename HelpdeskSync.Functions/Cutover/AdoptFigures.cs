using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Measures how the old connector writes history.</summary>
public sealed class AdoptFigures(Warehouse warehouse)
{
    private const long FewestLoneChanges = 10;
    private const double LeastLoneShare = 0.2;

    /// <summary>Counts how ends and starts are written.</summary>
    internal async Task<ConventionFigures> ConventionsAsync(string baseline, Entity entity, TableSchema schema, CancellationToken cancellationToken)
    {
        var column = entity.ModifiedTimeField is { } field ? ColumnOf(schema, field) : null;
        var sql = AdoptSql.Conventions(baseline, column is null ? null : (column.Name!, ColumnTypes.FromRest(column)));
        BigQueryRow? counts = null;
        await foreach (var row in warehouse.QueryAsync($"adopt_conventions_{entity.Table}", sql, [], cancellationToken))
        {
            counts = row;
        }

        return new()
        {
            Versions = counts!.Number("versions"),
            Active = counts!.Number("active"),
            OpenNull = counts!.Number("open_null"),
            OpenMaximum = counts!.Number("open_maximum"),
            OpenMaximumAsOurs = counts!.Number("open_as_ours"),
            Superseded = counts!.Number("superseded"),
            EndAtNextStart = counts!.Number("at_next_start"),
            EndOneMillisecondBefore = counts!.Number("before_next_start"),
            ModifiedColumn = column?.Name,
            Dated = counts!.Number("dated"),
            StartAtModified = counts!.Number("at_modified"),
        };
    }

    /// <summary>Counts the columns that alone changed.</summary>
    /// <param name="baseline">The old table, quoted.</param>
    /// <param name="entity">What kind of record.</param>
    /// <param name="schema">The old table's columns.</param>
    /// <param name="pathOf">The path of a column's field, where it is known.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task<IReadOnlyList<LoneChange>> LoneChangesAsync(
        string baseline, Entity entity, TableSchema schema, Func<string, string?> pathOf, CancellationToken cancellationToken)
    {
        // The modified time moves with every change, and tells nothing of which it was.
        var modified = entity.ModifiedTimeField is { } field ? ColumnOf(schema, field)?.Name : null;
        var columns = schema.Fields!.Select(column => column.Name!).Where(name => !BaselineTables.IsSystem(name) && name != modified).ToList();
        var found = new List<(int? At, long Found)>();
        if (columns.Count > 0)
        {
            await foreach (var row in warehouse.QueryAsync($"adopt_lone_changes_{entity.Table}", AdoptSql.LoneChanges(baseline, columns), [], cancellationToken))
            {
                found.Add(((int?)(row["k"] as long?), row.Number("found")));
            }
        }

        var changes = found.Sum(row => row.Found);
        return [.. found.Where(row => row.At is not null).Select(row =>
        {
            var path = pathOf(columns[row.At!.Value]);
            var isOften = row.Found >= FewestLoneChanges && row.Found >= changes * LeastLoneShare;
            return new LoneChange(columns[row.At.Value], path, row.Found, changes, isOften && path is not null && MayBeVolatile(entity, path));
        })];
    }

    /// <summary>The column of a field under either naming.</summary>
    internal static TableFieldSchema? ColumnOf(TableSchema schema, string path) => schema.Fields!.FirstOrDefault(field => AdoptNames.Alike(field.Name!) == AdoptNames.Alike(path));

    // What tells the app that a record changed must not be left out of the hash, or it would not be written.
    private static bool MayBeVolatile(Entity entity, string path) =>
        path != entity.ParentField && path != entity.Archive?.Flag && !entity.ChildCountFields.Contains(path) && !entity.VolatileFields.Contains(path) && !entity.GoneFlags.Contains(path);
}
