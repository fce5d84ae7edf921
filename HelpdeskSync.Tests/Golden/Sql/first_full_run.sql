-- When the first full run of a table had ended. Reads one small table of the app's own.
SELECT MIN(`ended_at`) AS `ended_at` FROM `p.d._sync_runs` WHERE `table_name` = @table AND LOWER(`mode`) = 'full'
