using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Records;

/// <summary>Finds the parents of children whose events did not name them.</summary>
public sealed class ParentLookup(Warehouse warehouse, HistoryColumns columns, SqlNames names)
{
    /// <summary>The same keys, with parents filled in from the history where it knows them. Asks nothing when none is lacking.</summary>
    public async Task<IReadOnlyList<RecordKey>> ResolveAsync(Entity entity, IReadOnlyList<RecordKey> keys, Spending spending, CancellationToken cancellationToken)
    {
        var lacking = entity.IsChild ? keys.Where(key => key.ParentId is null).Select(key => key.Id).ToList() : [];
        if (lacking.Count == 0 || !await columns.ExistsAsync(entity, entity.ParentField!, spending, cancellationToken))
        {
            return keys;
        }

        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        var sql = HistorySql.Parents(names.Table(entity.HistoryTable), columns.Name(entity, entity.ParentField!));
        var ids = new BigQueryParameter("ids", BigQueryDbType.Array, lacking) { ArrayElementType = BigQueryDbType.String };
        await foreach (var row in warehouse.QueryAsync($"parents_{entity.Table}", sql, [ids], spending, cancellationToken))
        {
            if (row["parent_id"] is string parent)
            {
                parents[row.Text("id")] = parent;
            }
        }

        return [.. keys.Select(key => key.ParentId is null && parents.TryGetValue(key.Id, out var parent) ? key with { ParentId = parent } : key)];
    }
}
