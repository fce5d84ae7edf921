using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>A table of the old connector beside ours.</summary>
/// <param name="Name">Fully qualified and quoted.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Shared">The columns that both have, system columns and the id aside.</param>
/// <param name="OnlyThere">Columns that only it has.</param>
/// <param name="OnlyHere">Columns that only ours has.</param>
public sealed record BaselineTable(
    string Name, TableSchema Schema, IReadOnlyList<SharedColumn> Shared, IReadOnlyList<string> OnlyThere, IReadOnlyList<string> OnlyHere);

/// <summary>Looks at the old connector's tables.</summary>
public sealed class BaselineTables(Warehouse warehouse, HistoryTables tables)
{
    private static readonly HashSet<string> s_system = new(
        [.. SystemColumns.All.Select(column => column.Name), "id", "_fivetran_deleted", "_fivetran_id"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The baseline's table of the same name; null where there is none.</summary>
    /// <exception cref="WarehouseException">It is there and keeps no history: a system column or the id is missing.</exception>
    public async Task<BaselineTable?> FindAsync(Baseline baseline, Entity entity, CancellationToken cancellationToken)
    {
        if (await warehouse.FindSchemaAsync(baseline.Project, baseline.Dataset, entity.HistoryTable, cancellationToken) is not { } schema)
        {
            return null;
        }

        if (FaultOf(baseline, entity, schema) is { } fault)
        {
            throw new WarehouseException(fault, JobFailureKind.Final, "schema");
        }

        var there = schema.Fields!.Select(field => field.Name!).ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        var here = (await tables.ColumnsAsync(entity.HistoryTable, cancellationToken)).Keys.Where(name => !s_system.Contains(name)).Order(StringComparer.Ordinal).ToList();
        return new(
            baseline.Table(entity.HistoryTable),
            schema,
            [.. here.Where(there.ContainsKey).Select(name => new SharedColumn(name, there[name]))],
            [.. there.Keys.Where(name => !s_system.Contains(name) && !here.Contains(name, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)],
            [.. here.Where(name => !there.ContainsKey(name))]);
    }

    /// <summary>Whether a column is the connector's or the app's own, or the id: no field of a record.</summary>
    internal static bool IsSystem(string column) => s_system.Contains(column);

    /// <summary>Why a table of the baseline keeps no history; null where it keeps one.</summary>
    internal static string? FaultOf(Baseline baseline, Entity entity, TableSchema schema)
    {
        var there = schema.Fields!.Select(field => field.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lacking = new[] { "id", SystemColumns.Active, SystemColumns.Start, SystemColumns.End, SystemColumns.Synced }.Where(name => !there.Contains(name)).ToList();
        return lacking.Count == 0
            ? null
            : $"Table {baseline.Project}.{baseline.Dataset}.{entity.HistoryTable} keeps no history as Fivetran does: it lacks {string.Join(", ", lacking)}.";
    }
}
