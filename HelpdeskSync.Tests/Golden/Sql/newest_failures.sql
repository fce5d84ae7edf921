-- The newest failures. No pruning: a small table of the app's own.
SELECT `table_name`, `id`, `parent_id`, `reason`, `run`, `attempts`, `first_failed_at`, `last_failed_at`
FROM `p.d._sync_failures`
ORDER BY `last_failed_at` DESC, `table_name`, `id`
LIMIT @most
