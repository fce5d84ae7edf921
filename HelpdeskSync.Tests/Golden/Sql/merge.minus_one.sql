-- Closes and opens versions of many records at once. Pruning: the target is clustered by `id`, and both looks at it are bounded by @ids.
MERGE `p.d.tickets_history` AS T
USING (
  WITH batch AS (
    SELECT
      JSON_VALUE(r, '$.id') AS `id`,
      CAST(JSON_VALUE(r, '$.isOverDue') AS BOOL) AS `isOverDue`,
      JSON_VALUE(r, '$.subject') AS `subject`,
      CAST(JSON_VALUE(r, '$.threadCount') AS INT64) AS `threadCount`,
      CAST(JSON_VALUE(r, '$.share') AS NUMERIC) AS `share`,
      CAST(JSON_VALUE(r, '$.weight') AS FLOAT64) AS `weight`,
      CAST(JSON_VALUE(r, '$.due') AS TIMESTAMP) AS `due`,
      CAST(JSON_VALUE(r, '$.born') AS DATE) AS `born`,
      CAST(JSON_VALUE(r, '$.seen') AS DATETIME) AS `seen`,
      CAST(JSON_VALUE(r, '$.big') AS BIGNUMERIC) AS `big`,
      PARSE_JSON(JSON_VALUE(r, '$.extra')) AS `extra`,
      JSON_VALUE(r, '$._row_hash') AS `_row_hash`,
      CAST(JSON_VALUE(r, '$._sync_observed') AS TIMESTAMP) AS `_sync_observed`,
      CAST(JSON_VALUE(r, '$._sync_modified') AS TIMESTAMP) AS `_sync_modified`,
      CAST(JSON_VALUE(r, '$._sync_gone') AS BOOL) AS `_sync_gone`
    FROM UNNEST(JSON_QUERY_ARRAY(@batch)) AS r
  ),
  seen AS (
    SELECT
      `id`, `_row_hash`, `_sync_observed`, `_sync_gone`,
      FALSE AS `_sync_by_source`,
      `_sync_observed` AS `_sync_dated_at`
    FROM batch
  ),
  history AS (
    SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash`
    FROM `p.d.tickets_history`
    WHERE `id` IN UNNEST(@ids)
  ),
  places AS (
    SELECT
      s.`id`,
      MAX(h.`_fivetran_start`) AS `latest_start`,
      MAX(IF(h.`_fivetran_start` < s.`_sync_dated_at`, h.`_fivetran_start`, NULL)) AS `previous_start`,
      MIN(IF(h.`_fivetran_start` > s.`_sync_dated_at`, h.`_fivetran_start`, NULL)) AS `next_start`,
      COUNTIF(h.`_fivetran_start` = s.`_sync_dated_at`) AS `same_start`
    FROM seen AS s
    LEFT JOIN history AS h ON h.`id` = s.`id`
    GROUP BY s.`id`
  ),
  decided AS (
    SELECT
      s.`id`,
      s.`_sync_observed`,
      s.`_sync_dated_at`,
      l.`_fivetran_start` AS `latest_start`,
      l.`_fivetran_end` AS `latest_end`,
      p.`_fivetran_start` AS `previous_start`,
      p.`_fivetran_end` AS `previous_end`,
      TIMESTAMP_SUB(q.`next_start`, INTERVAL 1 MILLISECOND) AS `next_end`,
      CASE
            WHEN s.`_sync_gone` AND NOT IFNULL(l.`_fivetran_active`, FALSE) THEN 'already_gone'
            WHEN s.`_sync_gone` AND s.`_sync_observed` < l.`_fivetran_synced` THEN 'stale'
            WHEN s.`_sync_gone` THEN 'close'
            WHEN l.`id` IS NULL THEN 'open'
            WHEN l.`_fivetran_active` AND l.`_row_hash` = s.`_row_hash` THEN 'unchanged'
            WHEN NOT s.`_sync_by_source` AND s.`_sync_observed` < IF(l.`_fivetran_active`, l.`_fivetran_synced`, GREATEST(l.`_fivetran_synced`, l.`_fivetran_end`)) THEN 'stale'
            WHEN NOT s.`_sync_by_source` THEN IF(l.`_fivetran_active`, 'replace', 'reopen')
            WHEN l.`_fivetran_active` AND s.`_sync_dated_at` > l.`_fivetran_start` THEN 'replace'
            WHEN l.`_fivetran_active` AND s.`_sync_dated_at` = l.`_fivetran_start` THEN IF(s.`_sync_observed` < l.`_fivetran_synced`, 'stale', 'replace')
            WHEN NOT l.`_fivetran_active` AND s.`_sync_observed` >= l.`_fivetran_end` THEN 'reopen'
            WHEN NOT l.`_fivetran_active` AND s.`_sync_dated_at` > l.`_fivetran_start` AND s.`_sync_dated_at` >= l.`_fivetran_end` THEN 'stale'
            WHEN q.`same_start` > 0 THEN 'stale'
            WHEN s.`_sync_dated_at` < l.`_fivetran_start` AND p.`_row_hash` = s.`_row_hash` THEN 'stale'
            ELSE 'insert'
          END AS `action`
    FROM seen AS s
    JOIN places AS q ON q.`id` = s.`id`
    LEFT JOIN history AS l ON l.`id` = q.`id` AND l.`_fivetran_start` = q.`latest_start`
    LEFT JOIN history AS p ON p.`id` = q.`id` AND p.`_fivetran_start` = q.`previous_start`
  ),
  dated AS (
    SELECT
      d.`id`, d.`_sync_observed`, d.`_sync_dated_at`, d.`latest_start`, d.`previous_start`, d.`previous_end`, d.`next_end`, d.`action`,
      CASE d.`action`
            WHEN 'replace' THEN GREATEST(d.`_sync_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND))
            WHEN 'reopen' THEN GREATEST(d.`_sync_dated_at`, TIMESTAMP_ADD(d.`latest_start`, INTERVAL 1 MILLISECOND), TIMESTAMP_ADD(d.`latest_end`, INTERVAL 1 MILLISECOND))
            ELSE d.`_sync_dated_at`
          END AS `new_start`
    FROM decided AS d
  )
  SELECT
    b.`id`, b.`isOverDue`, b.`subject`, b.`threadCount`, b.`share`, b.`weight`, b.`due`, b.`born`, b.`seen`, b.`big`, b.`extra`, b.`_row_hash`,
    d.`_sync_observed`,
    d.`new_start` AS `_sync_new_start`,
    step AS `_sync_step`,
    d.`action` <> 'insert' AS `_sync_new_active`,
    CASE
      WHEN d.`action` <> 'insert' THEN CAST(NULL AS TIMESTAMP)
      WHEN d.`previous_end` > TIMESTAMP_SUB(d.`_sync_dated_at`, INTERVAL 1 MILLISECOND) AND (d.`next_end` IS NULL OR d.`previous_end` < d.`next_end`) THEN d.`previous_end`
      ELSE d.`next_end`
    END AS `_sync_new_end`,
    CASE
          WHEN d.`action` IN ('close', 'replace') THEN d.`latest_start`
          WHEN d.`previous_end` > TIMESTAMP_SUB(d.`_sync_dated_at`, INTERVAL 1 MILLISECOND) OR d.`previous_end` = d.`next_end` THEN d.`previous_start`
        END AS `_sync_match_start`,
        CASE
          WHEN d.`action` = 'close' THEN GREATEST(d.`_sync_observed`, d.`latest_start`)
          ELSE TIMESTAMP_SUB(d.`new_start`, INTERVAL 1 MILLISECOND)
        END AS `_sync_match_end`
  FROM dated AS d
  JOIN batch AS b ON b.`id` = d.`id`
  CROSS JOIN UNNEST(['close', 'open']) AS step
  WHERE (step = 'close' AND d.`action` IN ('close', 'replace', 'insert'))
    OR (step = 'open' AND d.`action` IN ('open', 'replace', 'reopen', 'insert'))
) AS S
ON T.`id` = S.`id` AND T.`id` IN UNNEST(@ids) AND T.`_fivetran_start` = S.`_sync_match_start` AND S.`_sync_step` = 'close'
WHEN MATCHED THEN
  UPDATE SET `_fivetran_active` = FALSE, `_fivetran_end` = S.`_sync_match_end`
WHEN NOT MATCHED BY TARGET AND S.`_sync_step` = 'open' THEN
  INSERT (`id`, `isOverDue`, `subject`, `threadCount`, `share`, `weight`, `due`, `born`, `seen`, `big`, `extra`, `_row_hash`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`)
  VALUES (S.`id`, S.`isOverDue`, S.`subject`, S.`threadCount`, S.`share`, S.`weight`, S.`due`, S.`born`, S.`seen`, S.`big`, S.`extra`, S.`_row_hash`, S.`_sync_new_active`, S.`_sync_new_start`, S.`_sync_new_end`, S.`_sync_observed`)
