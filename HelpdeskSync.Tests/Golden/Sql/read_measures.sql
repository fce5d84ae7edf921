-- Sums up the hours since @since. Pruned by the partitions of `minute`.
SELECT
  TIMESTAMP_TRUNC(`minute`, HOUR) AS `hour`,
  `table_name`,
  `measure`,
  `bucket`,
  SUM(`value`) AS `value`,
  SUM(IF(`minute` >= @recent, `value`, 0)) AS `recent`
FROM `p.d._sync_measures`
WHERE `minute` >= @since
GROUP BY `hour`, `table_name`, `measure`, `bucket`
