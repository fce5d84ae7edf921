-- How many failed records stand, by table. No pruning: a small table of the app's own.
SELECT `table_name`, COUNT(*) AS `records`
FROM `p.d._sync_failures`
GROUP BY `table_name`
