-- Strikes records that were written after all. No pruning: a small table of the app's own.
DELETE FROM `p.d._sync_failures`
WHERE `table_name` = @table AND `id` IN UNNEST(@ids)
