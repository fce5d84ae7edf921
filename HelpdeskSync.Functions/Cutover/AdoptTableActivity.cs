using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Looks at one of the old connector's tables, and imports its versions where that is asked for.</summary>
public sealed class AdoptTableActivity(Connector connector, Warehouse warehouse, AdoptFigures figures, AdoptSample sample, AdoptImport import,
    IOptions<HistoryOptions> options)
{
    /// <summary>Measures and compares; writes nothing unless the request says so. Safe to repeat: versions that are here are not imported again.</summary>
    [Function(nameof(AdoptTableActivity))]
    public async Task<AdoptedTable> RunAsync([ActivityTrigger] AdoptTableRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var (project, dataset) = request.Baseline;
        if (await warehouse.FindTableAsync(project, dataset, entity.HistoryTable, cancellationToken) is not { } table)
        {
            return AdoptedTable.Refused(entity.Table, $"{project}.{dataset}.{entity.HistoryTable} does not exist.");
        }

        return FaultOf(request.Baseline, entity, table) is { } fault
            ? AdoptedTable.Refused(entity.Table, fault) with { Layout = AdoptLayout.Of(table) }
            : await LookAsync(request, entity, table, cancellationToken);
    }

    private async Task<AdoptedTable> LookAsync(AdoptTableRequest request, Entity entity, Table table, CancellationToken cancellationToken)
    {
        var (baseline, schema) = (request.Baseline.Table(entity.HistoryTable), table.Schema!);
        var there = schema.Fields!.Where(field => !BaselineTables.IsSystem(field.Name!)).ToDictionary(field => field.Name!, ColumnTypes.FromRest, StringComparer.OrdinalIgnoreCase);
        var sampled = await sample.TakeAsync(entity, cancellationToken);
        IReadOnlyList<NamingFit> namings = sampled.Fields.Count == 0
            ? [] : [.. Enum.GetValues<NamingConvention>().Select(naming => AdoptNames.Fit(naming, sampled.Fields, there))];
        var notes = new List<string>(new[] { sampled.Fault }.OfType<string>());
        AdoptedVersions? imported = null;
        if (request.Apply && sampled.Fault is null)
        {
            imported = await import.RunAsync(request.Baseline, entity, schema, sampled.Fields, cancellationToken);
        }
        else if (request.Apply)
        {
            notes.Add("Nothing was imported: without a record nobody knows which column takes which values. Adopt again when the helpdesk answers.");
        }

        return new()
        {
            Table = entity.Table,
            Conventions = await figures.ConventionsAsync(baseline, entity, schema, cancellationToken),
            Namings = namings,
            SampledRecords = sampled.Records,
            LoneChanges = await figures.LoneChangesAsync(baseline, entity, schema, PathOf, cancellationToken),
            Layout = AdoptLayout.Of(table),
            WouldImport = request.Apply ? null : await import.PlanAsync(request.Baseline, entity, cancellationToken),
            Settings = SettingsOf(options.Value),
            Import = imported,
            Notes = notes,
        };

        string? PathOf(string column) =>
            sampled.Fields.FirstOrDefault(field => Enum.GetValues<NamingConvention>().Any(naming => field.Name(naming).Equals(column, StringComparison.OrdinalIgnoreCase)))?.Path
            ?? sampled.Fields.FirstOrDefault(field => AdoptNames.Alike(field.SnakeCase) == AdoptNames.Alike(column))?.Path;
    }

    private static Dictionary<string, string> SettingsOf(HistoryOptions options) => new()
    {
        ["History__OpenEnd"] = options.OpenEnd.ToString(),
        ["History__SupersededEnd"] = options.SupersededEnd.ToString(),
        ["History__VersionStart"] = options.VersionStart.ToString(),
        ["History__Naming"] = options.Naming.ToString(),
    };

    private static string? FaultOf(Baseline baseline, Entity entity, Table table)
    {
        if (BaselineTables.FaultOf(baseline, entity, table.Schema!) is { } fault)
        {
            return fault;
        }

        if (table.RequirePartitionFilter == true || table.TimePartitioning?.RequirePartitionFilter == true)
        {
            return $"{baseline.Project}.{baseline.Dataset}.{entity.HistoryTable} refuses queries without a filter on its partition. "
                + "Switch that off: ALTER TABLE ... SET OPTIONS (require_partition_filter = FALSE).";
        }

        var types = table.Schema!.Fields!.ToDictionary(field => field.Name!, ColumnTypes.FromRest, StringComparer.OrdinalIgnoreCase);
        return SystemColumns.All.FirstOrDefault(column => types.TryGetValue(column.Name, out var type) && type != column.Type) is { } other
            ? $"Column {other.Name} of {baseline.Project}.{baseline.Dataset}.{entity.HistoryTable} must be {ColumnTypes.Sql(other.Type)}, not {types[other.Name]}. Give a dataset of views that cast it as the baseline."
            : null;
    }
}

/// <summary>A table to adopt.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Baseline">The old connector's dataset.</param>
/// <param name="Apply">Whether its versions are imported.</param>
public sealed record AdoptTableRequest(string Table, Baseline Baseline, bool Apply);
