using System.Collections.Concurrent;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>At most five updates of a table's metadata in ten seconds (cloud.google.com/bigquery/quotas#standard_tables).</summary>
internal sealed class MetadataUpdates
{
    private const int Most = 5;
    private const long Within = 10_000;
    private readonly ConcurrentDictionary<TableName, Queue<long>> recent = new();

    /// <exception cref="BigQueryFault">It would be the sixth.</exception>
    public void Count(TableName table, long now)
    {
        var times = recent.GetOrAdd(table, _ => new());
        lock (times)
        {
            while (times.TryPeek(out var oldest) && oldest <= now - Within)
            {
                times.Dequeue();
            }

            if (times.Count >= Most)
            {
                throw new BigQueryFault(
                    403,
                    "rateLimitExceeded",
                    $"Exceeded rate limits: too many table update operations for this table. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas (table {table}: {Most} in {Within / 1000} seconds)");
            }

            times.Enqueue(now);
        }
    }
}
