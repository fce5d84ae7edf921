using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The comparisons made so far, in <c>_sync_comparisons</c>.</summary>
public sealed class Comparisons(Warehouse warehouse, SqlNames names, TimeProvider time)
{
    /// <summary>Puts one table's result down; put down again, it replaces what stood.</summary>
    public async Task NoteAsync(string run, Baseline baseline, TableComparison compared, CancellationToken cancellationToken) =>
        await warehouse.ExecuteAsync(
            "note_comparison",
            NoteSql(names.Own("comparisons")),
            [
                new("run", BigQueryDbType.String, run),
                new("table", BigQueryDbType.String, compared.Table),
                new("baseline", BigQueryDbType.String, $"{baseline.Project}.{baseline.Dataset}"),
                new("now", BigQueryDbType.Timestamp, time.GetUtcNow().UtcDateTime),
                new("pass", BigQueryDbType.Bool, compared.Pass),
                new("report", BigQueryDbType.String, JsonSerializer.Serialize(compared, JsonSerializerOptions.Web)),
            ],
            null,
            cancellationToken);

    internal static string NoteSql(string table) =>
        $"""
        -- Puts one table's comparison down. Reads one small table of the app's own.
        MERGE {table} AS T
        USING (SELECT @run AS `run`, @table AS `table_name`, @baseline AS `baseline`, @now AS `compared_at`, @pass AS `pass`, @report AS `report`) AS S
        ON T.`run` = S.`run` AND T.`table_name` = S.`table_name`
        WHEN MATCHED THEN
          UPDATE SET `compared_at` = S.`compared_at`, `pass` = S.`pass`, `report` = S.`report`
        WHEN NOT MATCHED BY TARGET THEN
          INSERT (`run`, `table_name`, `baseline`, `compared_at`, `pass`, `report`)
          VALUES (S.`run`, S.`table_name`, S.`baseline`, S.`compared_at`, S.`pass`, S.`report`)
        """;
}
