-- How the old connector writes ends and starts. No pruning: the whole table is read once, of its system columns and the modified time.
SELECT
  COUNT(*) AS `versions`,
  COUNTIF(V.`active`) AS `active`,
  COUNTIF(V.`active` AND V.`end` IS NULL) AS `open_null`,
  COUNTIF(V.`active` AND V.`end` >= TIMESTAMP '9999-12-31 00:00:00+00') AS `open_maximum`,
  COUNTIF(V.`active` AND V.`end` = TIMESTAMP '9999-12-31 23:59:59.999+00') AS `open_as_ours`,
  COUNTIF(NOT V.`active` AND V.`next_start` IS NOT NULL) AS `superseded`,
  COUNTIF(NOT V.`active` AND V.`end` = V.`next_start`) AS `at_next_start`,
  COUNTIF(NOT V.`active` AND V.`end` = TIMESTAMP_SUB(V.`next_start`, INTERVAL 1 MILLISECOND)) AS `before_next_start`,
  COUNTIF(V.`modified` IS NOT NULL) AS `dated`,
  COUNTIF(ABS(TIMESTAMP_DIFF(V.`start`, V.`modified`, MILLISECOND)) <= 1000) AS `at_modified`
FROM (
  SELECT `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`,
    SAFE_CAST(`modified_time` AS TIMESTAMP) AS `modified`,
    LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS `next_start`
  FROM `q.old.tickets_history`
) AS V
