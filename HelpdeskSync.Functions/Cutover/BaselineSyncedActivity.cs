using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Asks when the old connector last synced.</summary>
public sealed class BaselineSyncedActivity(Connector connector, Warehouse warehouse)
{
    /// <summary>The latest sync time over its history tables, UTC; null where there are none, or they are empty. Reads only.</summary>
    [Function(nameof(BaselineSyncedActivity))]
    public async Task<DateTime?> RunAsync([ActivityTrigger] Baseline baseline, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        foreach (var entity in connector.Entities)
        {
            if (await warehouse.FindSchemaAsync(baseline.Project, baseline.Dataset, entity.HistoryTable, cancellationToken) is { } schema
                && BaselineTables.FaultOf(baseline, entity, schema) is null)
            {
                tables.Add(baseline.Table(entity.HistoryTable));
            }
        }

        DateTime? synced = null;
        if (tables.Count > 0)
        {
            await foreach (var row in warehouse.QueryAsync("compare_synced", CompareSql.Synced(tables), [], cancellationToken))
            {
                synced = row["synced"] as DateTime?;
            }
        }

        return synced;
    }
}
