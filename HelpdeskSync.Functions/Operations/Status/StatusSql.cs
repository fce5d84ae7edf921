using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>The questions behind the status.</summary>
internal static class StatusSql
{
    /// <summary>How many records live in each table, how many versions there are, and how new the newest is.</summary>
    /// <param name="histories">The tables that exist, quoted; not empty. The n-th one's rows are told by <c>place</c> n, from 0.</param>
    public static string Counts(IEnumerable<string> histories) =>
        "-- Counts each table's rows. Reads two narrow columns, whole.\n" + string.Join(
            "\nUNION ALL\n",
            histories.Select((history, place) =>
                $"SELECT {place} AS `place`, COUNTIF(`_fivetran_active`) AS `active`, COUNT(*) AS `versions`, MAX(`_fivetran_synced`) AS `last_synced`\nFROM {history}"));

    /// <summary>The last run of each mode and table since <c>@since</c>.</summary>
    public static string LastRuns(SqlNames names) =>
        $"""
        -- The last run of each mode and table since @since. A small table, read whole.
        SELECT
          `run`, `table_name`, `mode`, `outcome`, `detail`, `started_at`, `ended_at`, `window_from`, `window_to`, `listed`, `fetched`, `inserted`, `closed`,
          `unchanged`, `stale`, `failed`, `left_for_approval`, `bytes_billed`, `statements`, `api_calls`
        FROM {names.Own("runs")}
        WHERE `started_at` >= @since
        QUALIFY ROW_NUMBER() OVER (PARTITION BY `table_name`, `mode` ORDER BY `started_at` DESC) = 1
        """;

    /// <summary>The latest failures of each table, each with the number of all failures of its table.</summary>
    public static string Failures(SqlNames names) =>
        $"""
        -- The latest 20 failures of each table, with how many it has. A small table, read whole.
        SELECT
          `table_name`, `id`, `parent_id`, `reason`, `attempts`, `first_failed_at`, `last_failed_at`,
          COUNT(*) OVER (PARTITION BY `table_name`) AS `of_table`
        FROM {names.Own("failures")}
        WHERE TRUE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY `table_name` ORDER BY `last_failed_at` DESC) <= 20
        ORDER BY `last_failed_at` DESC
        """;
}
