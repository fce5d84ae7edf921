using HelpdeskSync.Domain.Helpdesk;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Finds the columns of fields that the connector document names.</summary>
public sealed class HistoryColumns(HistoryTables tables, IOptions<HistoryOptions> options)
{
    /// <summary>The column of an entity's field, by its dotted path.</summary>
    public string Name(Entity entity, string path) => options.Value.ColumnOf(entity.Table, path);

    /// <summary>Makes the entity's history table where it is absent.</summary>
    public Task EnsureTableAsync(Entity entity, Spending? spending, CancellationToken cancellationToken) =>
        tables.ColumnsAsync(entity.HistoryTable, spending, cancellationToken);

    /// <summary>Whether the entity's history table has the field's column by now.</summary>
    public async Task<bool> ExistsAsync(Entity entity, string path, Spending? spending, CancellationToken cancellationToken) =>
        (await tables.ColumnsAsync(entity.HistoryTable, spending, cancellationToken)).ContainsKey(Name(entity, path));
}
