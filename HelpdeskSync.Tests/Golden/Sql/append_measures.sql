-- Appends the sums of some minutes. Reads no table.
INSERT INTO `p.d._sync_measures` (`minute`, `table_name`, `measure`, `bucket`, `value`)
SELECT
  CAST(JSON_VALUE(r, '$.minute') AS TIMESTAMP),
  JSON_VALUE(r, '$.table'),
  JSON_VALUE(r, '$.measure'),
  CAST(JSON_VALUE(r, '$.bucket') AS INT64),
  CAST(JSON_VALUE(r, '$.value') AS INT64)
FROM UNNEST(JSON_QUERY_ARRAY(@rows)) AS r
