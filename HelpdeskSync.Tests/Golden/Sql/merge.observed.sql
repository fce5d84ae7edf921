MERGE `p.d.tickets_history` AS T
USING (
  WITH batch AS (
    SELECT *, FALSE AS `_by_source`, IF(FALSE, `_modified`, `_observed`) AS `_dated_at` FROM (SELECT JSON_VALUE(r, '$.id') AS `id`, CAST(JSON_VALUE(r, '$.isOverDue') AS BOOL) AS `isOverDue`, JSON_VALUE(r, '$.subject') AS `subject`, CAST(JSON_VALUE(r, '$.threadCount') AS INT64) AS `threadCount`, CAST(JSON_VALUE(r, '$.share') AS NUMERIC) AS `share`, CAST(JSON_VALUE(r, '$.weight') AS FLOAT64) AS `weight`, CAST(JSON_VALUE(r, '$.due') AS TIMESTAMP) AS `due`, JSON_VALUE(r, '$._row_hash') AS `_row_hash`, CAST(JSON_VALUE(r, '$._observed') AS TIMESTAMP) AS `_observed`, CAST(JSON_VALUE(r, '$._modified') AS TIMESTAMP) AS `_modified`, CAST(JSON_VALUE(r, '$._gone') AS BOOL) AS `_gone` FROM UNNEST(JSON_QUERY_ARRAY(@batch)) AS r)
  ),
  history AS (
    SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash`
    FROM `p.d.tickets_history`
    WHERE `id` IN UNNEST(@ids)
  ),
  places AS (
    SELECT
      b.`id`,
      MAX(h.`_fivetran_start`) AS `latest_start`,
      MAX(IF(h.`_fivetran_start` < b.`_dated_at`, h.`_fivetran_start`, NULL)) AS `previous_start`,
      MIN(IF(h.`_fivetran_start` > b.`_dated_at`, h.`_fivetran_start`, NULL)) AS `next_start`,
      COUNTIF(h.`_fivetran_start` = b.`_dated_at`) AS `same_start`
    FROM batch AS b
    LEFT JOIN history AS h ON h.`id` = b.`id`
    GROUP BY b.`id`
  ),
  decided AS (
    SELECT
      b.*,
      l.`_fivetran_start` AS `latest_start`,
      l.`_fivetran_end` AS `latest_end`,
      p.`_fivetran_start` AS `previous_start`,
      p.`_fivetran_end` AS `previous_end`,
      q.`next_start` AS `next_end`,
      CASE
            WHEN b.`_gone` AND NOT IFNULL(l.`_fivetran_active`, FALSE) THEN 'already_gone'
            WHEN b.`_gone` AND b.`_observed` < l.`_fivetran_synced` THEN 'stale'
            WHEN b.`_gone` THEN 'close'
            WHEN l.`id` IS NULL THEN 'open'
            WHEN l.`_fivetran_active` AND l.`_row_hash` = b.`_row_hash` THEN 'unchanged'
            WHEN NOT b.`_by_source` AND b.`_observed` < IF(l.`_fivetran_active`, l.`_fivetran_synced`, GREATEST(l.`_fivetran_synced`, l.`_fivetran_end`)) THEN 'stale'
            WHEN NOT b.`_by_source` THEN IF(l.`_fivetran_active`, 'replace', 'reopen')
            WHEN l.`_fivetran_active` AND b.`_dated_at` > l.`_fivetran_start` THEN 'replace'
            WHEN l.`_fivetran_active` AND b.`_dated_at` = l.`_fivetran_start` THEN IF(b.`_observed` < l.`_fivetran_synced`, 'stale', 'replace')
            WHEN NOT l.`_fivetran_active` AND b.`_observed` >= l.`_fivetran_end` THEN 'reopen'
            WHEN NOT l.`_fivetran_active` AND b.`_dated_at` > l.`_fivetran_start` AND b.`_dated_at` >= l.`_fivetran_end` THEN 'stale'
            WHEN q.`same_start` > 0 THEN 'stale'
            WHEN b.`_dated_at` < l.`_fivetran_start` AND p.`_row_hash` = b.`_row_hash` THEN 'stale'
            ELSE 'insert'
          END AS `_action`
    FROM batch AS b
    JOIN places AS q ON q.`id` = b.`id`
    LEFT JOIN history AS l ON l.`id` = q.`id` AND l.`_fivetran_start` = q.`latest_start`
    LEFT JOIN history AS p ON p.`id` = q.`id` AND p.`_fivetran_start` = q.`previous_start`
  ),
  dated AS (
    SELECT
      d.*,
      CASE d.`_action`
            WHEN 'replace' THEN GREATEST(d.`_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND))
            WHEN 'reopen' THEN GREATEST(d.`_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND), TIMESTAMP_ADD(d.`latest_end`, INTERVAL 1 MILLISECOND))
            ELSE d.`_dated_at`
          END AS `new_start`
    FROM decided AS d
  )
  SELECT
    d.`id`, d.`isOverDue`, d.`subject`, d.`threadCount`, d.`share`, d.`weight`, d.`due`, d.`_row_hash`,
    d.`_observed`,
    d.`new_start`,
    change AS `_change`,
    d.`_action` <> 'insert' AS `new_active`,
    CASE
      WHEN d.`_action` <> 'insert' THEN CAST(NULL AS TIMESTAMP)
      WHEN d.`previous_end` > d.`_dated_at` AND (d.`next_end` IS NULL OR d.`previous_end` < d.`next_end`) THEN d.`previous_end`
      ELSE d.`next_end`
    END AS `new_end`,
    CASE
          WHEN d.`_action` IN ('close', 'replace') THEN d.`latest_start`
          WHEN d.`previous_end` > d.`_dated_at` OR d.`previous_end` = d.`next_end` THEN d.`previous_start`
        END AS `match_start`,
        CASE
          WHEN d.`_action` = 'close' THEN GREATEST(d.`_observed`, d.`latest_start`)
          ELSE d.`new_start`
        END AS `match_end`
  FROM dated AS d
  CROSS JOIN UNNEST(['close', 'open']) AS change
  WHERE (change = 'close' AND d.`_action` IN ('close', 'replace', 'insert'))
    OR (change = 'open' AND d.`_action` IN ('open', 'replace', 'reopen', 'insert'))
) AS S
ON T.`id` = S.`id` AND T.`id` IN UNNEST(@ids) AND T.`_fivetran_start` = S.`match_start` AND S.`_change` = 'close'
WHEN MATCHED THEN
  UPDATE SET `_fivetran_active` = FALSE, `_fivetran_end` = S.`match_end`
WHEN NOT MATCHED BY TARGET AND S.`_change` = 'open' THEN
  INSERT (`id`, `isOverDue`, `subject`, `threadCount`, `share`, `weight`, `due`, `_row_hash`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`)
  VALUES (S.`id`, S.`isOverDue`, S.`subject`, S.`threadCount`, S.`share`, S.`weight`, S.`due`, S.`_row_hash`, S.`new_active`, S.`new_start`, S.`new_end`, S.`_observed`)
