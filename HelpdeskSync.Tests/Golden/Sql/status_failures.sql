-- The latest 20 failures of each table, with how many it has. A small table, read whole.
SELECT
  `table_name`, `id`, `parent_id`, `reason`, `attempts`, `first_failed_at`, `last_failed_at`,
  COUNT(*) OVER (PARTITION BY `table_name`) AS `of_table`
FROM `p.d._sync_failures`
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY `table_name` ORDER BY `last_failed_at` DESC) <= 20
ORDER BY `last_failed_at` DESC
