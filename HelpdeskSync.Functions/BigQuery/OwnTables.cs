using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Makes the app's own tables, once a process.</summary>
public sealed class OwnTables(Warehouse warehouse, SqlNames names) : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> s_columns = new Dictionary<string, string>
    {
        ["state"] = "`name` STRING NOT NULL, `value` STRING, `updated_at` TIMESTAMP",
        ["runs"] = "`run` STRING NOT NULL, `table_name` STRING NOT NULL, `mode` STRING, `started_at` TIMESTAMP, `ended_at` TIMESTAMP, `window_from` TIMESTAMP, "
            + "`window_to` TIMESTAMP, `listed` INT64, `fetched` INT64, `inserted` INT64, `closed` INT64, `unchanged` INT64, `stale` INT64, `failed` INT64, "
            + "`left_for_approval` INT64, `bytes_billed` INT64, `statements` INT64, `api_calls` INT64, `outcome` STRING, `detail` STRING",
        ["failures"] = "`table_name` STRING NOT NULL, `id` STRING NOT NULL, `parent_id` STRING, `reason` STRING, `run` STRING, `attempts` INT64, "
            + "`first_failed_at` TIMESTAMP, `last_failed_at` TIMESTAMP",
        ["comparisons"] = "`run` STRING NOT NULL, `table_name` STRING NOT NULL, `baseline` STRING, `compared_at` TIMESTAMP, `pass` BOOL, `report` STRING",
        ["schema_changes"] = "`table_name` STRING NOT NULL, `column_name` STRING NOT NULL, `type_before` STRING, `type_after` STRING, `changed_at` TIMESTAMP",
    };

    // A dataset of an earlier version has the table without them.
    private static readonly Column[] s_addedToRuns = [new("outcome", ColumnType.String), new("detail", ColumnType.String)];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _made;

    /// <summary>The DDL of each table, by its name without the prefix.</summary>
    public static IEnumerable<(string Name, string Sql)> Statements(SqlNames names) =>
        s_columns.Select(table => (table.Key, $"-- Makes a table of the app's own. Reads no table.\nCREATE TABLE IF NOT EXISTS {names.Own(table.Key)} (\n  {table.Value.Replace(", `", ",\n  `", StringComparison.Ordinal)}\n)"));

    /// <summary>Makes dataset and tables where they are absent. Safe to call often.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _made))
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_made)
            {
                await warehouse.EnsureDatasetAsync(cancellationToken);
                foreach (var (name, sql) in Statements(names))
                {
                    await warehouse.ExecuteAsync($"create_{name}", sql, [], null, cancellationToken);
                }

                await warehouse.ExecuteAsync("extend_runs", TableSql.AddColumns(names.Own("runs"), s_addedToRuns), [], null, cancellationToken);

                Volatile.Write(ref _made, true);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
