-- The records of a table that failed earlier. No pruning: a small table of the app's own.
SELECT `id`, `parent_id`
FROM `p.d._sync_failures`
WHERE `table_name` = @table
