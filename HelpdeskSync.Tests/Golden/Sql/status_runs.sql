-- The last run of each mode and table since @since. A small table, read whole.
SELECT
  `run`, `table_name`, `mode`, `outcome`, `detail`, `started_at`, `ended_at`, `window_from`, `window_to`, `listed`, `fetched`, `inserted`, `closed`,
  `unchanged`, `stale`, `failed`, `left_for_approval`, `bytes_billed`, `statements`, `api_calls`
FROM `p.d._sync_runs`
WHERE `started_at` >= @since
QUALIFY ROW_NUMBER() OVER (PARTITION BY `table_name`, `mode` ORDER BY `started_at` DESC) = 1
