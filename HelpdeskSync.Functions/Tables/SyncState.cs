using System.Globalization;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Watermarks, in <c>_sync_state</c>: up to where a table's changes are known to have been read.</summary>
/// <remarks>Never derived from the rows: a webhook's row would move the watermark past a change that was missed.</remarks>
public sealed class SyncState(Warehouse warehouse, SqlNames names, OwnTables own, TimeProvider time)
{
    /// <summary>The watermarks by the tables' short names; a table that was never read has none.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> WatermarksAsync(Spending? spending, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        var watermarks = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
        var sql = ReadSql(names.Own("state"));
        await foreach (var row in warehouse.QueryAsync("read_state", sql, [], spending, cancellationToken))
        {
            watermarks[row.Text("name")["watermark/".Length..]] = DateTimeOffset.Parse(row.Text("value"), CultureInfo.InvariantCulture);
        }

        return watermarks;
    }

    /// <summary>Moves a table's watermark forward; one that stands further on already stays.</summary>
    public async Task AdvanceAsync(string table, DateTimeOffset watermark, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        await warehouse.ExecuteAsync(
            "write_state",
            AdvanceSql(names.Own("state")),
            [
                new("name", BigQueryDbType.String, $"watermark/{table}"),
                new("value", BigQueryDbType.String, Domain.Helpdesk.HelpdeskTime.Write(watermark)),
                new("now", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
            ],
            null,
            cancellationToken);
    }

    internal static string ReadSql(string table) =>
        $"""
        -- The watermarks. No pruning: a small table of the app's own.
        SELECT `name`, `value`
        FROM {table}
        WHERE STARTS_WITH(`name`, 'watermark/')
        """;

    internal static string AdvanceSql(string table) =>
        $"""
        -- Moves a watermark forward, never back. No pruning: a small table of the app's own.
        MERGE {table} AS T
        USING (SELECT @name AS `name`, @value AS `value`) AS S
        ON T.`name` = S.`name`
        WHEN MATCHED AND T.`value` < S.`value` THEN
          UPDATE SET `value` = S.`value`, `updated_at` = @now
        WHEN NOT MATCHED BY TARGET THEN
          INSERT (`name`, `value`, `updated_at`) VALUES (S.`name`, S.`value`, @now)
        """;
}
