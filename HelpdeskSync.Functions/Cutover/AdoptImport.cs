using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Imports the old connector's versions, so that history starts where theirs does.</summary>
public sealed class AdoptImport(Warehouse warehouse, HistoryTables tables, SqlNames names, IOptions<HistoryOptions> options)
{
    /// <summary>Imports what is not here yet: columns first, then all versions in one statement. A second time it imports nothing.</summary>
    /// <param name="baseline">The old connector's dataset.</param>
    /// <param name="entity">What kind of record.</param>
    /// <param name="schema">The old table's columns.</param>
    /// <param name="fields">Fields of records that were fetched.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal async Task<AdoptedVersions> RunAsync(
        Baseline baseline, Entity entity, TableSchema schema, IReadOnlyList<SampledField> fields, CancellationToken cancellationToken)
    {
        var (old, history, conventions) = (baseline.Table(entity.HistoryTable), names.Table(entity.HistoryTable), options.Value.Conventions);
        var here = await tables.ColumnsAsync(entity.HistoryTable, null, cancellationToken);
        var plan = await PlanAsync(old, history, entity, cancellationToken);
        if (plan.Import == 0)
        {
            return new(0, plan.Skipped, [], new Dictionary<string, long>(), []);
        }

        var columns = AdoptColumns.Map(entity, schema, fields, options.Value, here);
        var misfits = await MisfitsAsync(old, entity, columns, cancellationToken);
        columns = [.. columns.Select(column => misfits.ContainsKey(column.Source) || column.Type == ColumnType.Foreign ? column with { Side = AdoptColumns.SideOf(column) } : column)];
        var added = columns.Select(column => new Column(column.Target, column.Type))
            .Concat(columns.Where(column => column.Side is not null).Select(column => new Column(column.Side!, ColumnType.String)))
            .Where(column => !here.ContainsKey(column.Name)).ToList();
        var spending = new Spending();
        if (added.Count > 0)
        {
            await tables.ChangeAsync(entity.HistoryTable, added, [], spending, cancellationToken);
        }

        var result = await warehouse.ExecuteAsync(
            $"adopt_import_{entity.Table}", AdoptImportSql.Insert(old, history, columns, conventions), [], spending, cancellationToken);
        return new(result.Inserted, plan.Skipped, [.. added.Select(column => column.Name)], misfits, NotesOf(columns));
    }

    /// <summary>What an import would bring now; reads only, and makes no table.</summary>
    internal async Task<AdoptPlan> PlanAsync(Baseline baseline, Entity entity, CancellationToken cancellationToken)
    {
        var schema = await warehouse.FindSchemaAsync(entity.HistoryTable, cancellationToken);
        var isOurs = schema?.Fields?.Any(field => field.Name == SystemColumns.RowHash) == true;
        return await PlanAsync(baseline.Table(entity.HistoryTable), isOurs ? names.Table(entity.HistoryTable) : AdoptImportSql.NoHistory, entity, cancellationToken);
    }

    private async Task<AdoptPlan> PlanAsync(string old, string history, Entity entity, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var row in warehouse.QueryAsync($"adopt_plan_{entity.Table}", AdoptImportSql.Plan(old, history, options.Value.Conventions), [], cancellationToken))
        {
            verdicts.Add(row.Text("verdict"), row.Number("found"));
        }

        return new(
            verdicts.GetValueOrDefault(AdoptImportSql.Import),
            verdicts.Where(verdict => verdict.Key != AdoptImportSql.Import).ToDictionary(verdict => AdoptImportSql.Meaning(verdict.Key), verdict => verdict.Value));
    }

    private async Task<Dictionary<string, long>> MisfitsAsync(
        string old, Entity entity, IReadOnlyList<AdoptColumn> columns, CancellationToken cancellationToken)
    {
        var cast = columns.Where(column => !column.CastOf(column.Source).AlwaysFits).ToList();
        var misfits = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        if (cast.Count > 0)
        {
            var sql = AdoptImportSql.Misfits(old, names.Table(entity.HistoryTable), cast, options.Value.Conventions);
            await foreach (var row in warehouse.QueryAsync($"adopt_misfits_{entity.Table}", sql, [], cancellationToken))
            {
                foreach (var (column, at) in cast.Select((column, at) => (column, at)).Where(column => row.Number(Place(column.at)) > 0))
                {
                    misfits.Add(column.Source, row.Number(Place(at)));
                }
            }
        }

        return misfits;

        static string Place(int at) => "c" + at.ToString(CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<string> NotesOf(IReadOnlyList<AdoptColumn> columns) =>
    [
        .. columns.Where(column => column.Was != column.Type).Select(column =>
            $"Column {column.Source} ({column.Was}) went into {column.Target} ({column.Type}){(column.Side is { } side ? $", what does not fit as text into {side}" : "")}."),
        .. columns.Where(column => column.Was == column.Type && !column.Source.Equals(column.Target, StringComparison.OrdinalIgnoreCase)).Select(column =>
            $"Column {column.Source} went into {column.Target}."),
    ];
}
