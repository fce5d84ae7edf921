-- Puts failed records down, or counts one more attempt. No pruning: a small table of the app's own.
MERGE `p.d._sync_failures` AS T
USING (
  SELECT JSON_VALUE(r, '$.id') AS `id`, JSON_VALUE(r, '$.parent') AS `parent_id`, JSON_VALUE(r, '$.reason') AS `reason`
  FROM UNNEST(JSON_QUERY_ARRAY(@failures)) AS r
) AS S
ON T.`id` = S.`id` AND T.`table_name` = @table
WHEN MATCHED THEN
  UPDATE SET `attempts` = T.`attempts` + 1, `reason` = S.`reason`, `run` = @run, `last_failed_at` = @now
WHEN NOT MATCHED BY TARGET THEN
  INSERT (`table_name`, `id`, `parent_id`, `reason`, `run`, `attempts`, `first_failed_at`, `last_failed_at`)
  VALUES (@table, S.`id`, S.`parent_id`, S.`reason`, @run, 1, @now, @now)
