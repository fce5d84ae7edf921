using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>
/// Bytes that BigQuery would process and bill for a statement (cloud.google.com/bigquery/pricing, data-manipulation-language#calculating-dml-bytes):
/// the columns it names of the tables it reads, all columns of a table that it updates; at least 10 MB a table; whole megabytes. Constant filters on the
/// first clustering column leave out blocks, so they tell only on tables of several blocks.
/// </summary>
internal sealed class BytesEstimate(Catalog catalog, Tables tables, TableSizes sizes)
{
    private const long Megabyte = 1024 * 1024;
    private const long LeastBilled = 10 * Megabyte;
    private const long Block = 32 * Megabyte;

    public (long Processed, long Billed) Of(SqlStatement statement, SqlContext context)
    {
        var each = statement.Reads.Select(table => Of(catalog.Table(table), statement, context)).ToList();
        var billed = each.Sum(bytes => Math.Max(bytes, LeastBilled));
        return (each.Sum(), (billed + Megabyte - 1) / Megabyte * Megabyte);
    }

    private long Of(TableInfo table, SqlStatement statement, SqlContext context)
    {
        var rows = tables.Rows(table.Name);
        var whole = statement.ReadsWhole(table.Name);
        var bytes = sizes.Bytes(table, rows, column => whole || statement.Names.Contains(column));
        if (table.Clustering.Count == 0 || !statement.Filters.TryGetValue(table.Clustering[0], out var filter))
        {
            return bytes;
        }

        var keys = filter.Parameter is { } name && context.Parameters.TryGetValue(name, out var parameter) && parameter.Value is List<string?> values ? values.Count : filter.Keys;
        return Math.Min(bytes, keys * Block);
    }
}
