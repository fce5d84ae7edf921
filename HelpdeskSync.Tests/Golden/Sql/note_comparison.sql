-- Puts one table's comparison down. Reads one small table of the app's own.
MERGE `p.d._sync_comparisons` AS T
USING (SELECT @run AS `run`, @table AS `table_name`, @baseline AS `baseline`, @now AS `compared_at`, @pass AS `pass`, @report AS `report`) AS S
ON T.`run` = S.`run` AND T.`table_name` = S.`table_name`
WHEN MATCHED THEN
  UPDATE SET `compared_at` = S.`compared_at`, `pass` = S.`pass`, `report` = S.`report`
WHEN NOT MATCHED BY TARGET THEN
  INSERT (`run`, `table_name`, `baseline`, `compared_at`, `pass`, `report`)
  VALUES (S.`run`, S.`table_name`, S.`baseline`, S.`compared_at`, S.`pass`, S.`report`)
