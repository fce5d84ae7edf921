-- Moves a watermark forward, never back. No pruning: a small table of the app's own.
MERGE `p.d._sync_state` AS T
USING (SELECT @name AS `name`, @value AS `value`) AS S
ON T.`name` = S.`name`
WHEN MATCHED AND T.`value` < S.`value` THEN
  UPDATE SET `value` = S.`value`, `updated_at` = @now
WHEN NOT MATCHED BY TARGET THEN
  INSERT (`name`, `value`, `updated_at`) VALUES (S.`name`, S.`value`, @now)
