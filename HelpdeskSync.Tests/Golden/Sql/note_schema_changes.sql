-- Notes changes of columns. Reads the whole of a table that holds a row a column: nothing to prune.
MERGE `p.d._sync_schema_changes` AS T
USING (
  SELECT JSON_VALUE(r, '$.column') AS `column_name`, JSON_VALUE(r, '$.from') AS `type_before`, JSON_VALUE(r, '$.to') AS `type_after`
  FROM UNNEST(JSON_QUERY_ARRAY(@changes)) AS r
) AS S
ON T.`table_name` = @table AND T.`column_name` = S.`column_name` AND T.`type_after` = S.`type_after`
  AND IFNULL(T.`type_before`, '') = IFNULL(S.`type_before`, '')
WHEN NOT MATCHED BY TARGET THEN
  INSERT (`table_name`, `column_name`, `type_before`, `type_after`, `changed_at`)
  VALUES (@table, S.`column_name`, S.`type_before`, S.`type_after`, @now)
