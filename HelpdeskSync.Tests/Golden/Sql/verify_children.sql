-- Versions that break a rule of the history. No pruning: the whole table is read once, of its system columns only.
SELECT B.`rule`, B.`id`, COUNT(*) OVER (PARTITION BY B.`rule`) AS `found`
FROM (
  SELECT V.`id`, `rule`
  FROM (
    SELECT `id`, `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`, `_row_hash` AS `hash`, `ticketId` AS `parent_id`,
      LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS `next_start`,
      COUNTIF(`_fivetran_active`) OVER (PARTITION BY `id`) AS `actives`
    FROM `p.d.threads_history`
  ) AS V
  LEFT JOIN (SELECT `id` FROM `p.d.tickets_history` WHERE `_fivetran_active` GROUP BY `id`) AS P ON P.`id` = V.`parent_id`
  CROSS JOIN UNNEST([
    IF(V.`id` IS NULL OR V.`start` IS NULL OR V.`active` IS NULL, 'key-present', NULL),
    IF(V.`active` AND V.`actives` > 1, 'one-active', NULL),
    IF(V.`active` AND V.`next_start` IS NOT NULL, 'active-is-last', NULL),
    IF(NOT V.`active` AND V.`end` > V.`next_start`, 'no-overlap', NULL),
    IF(NOT V.`active` AND V.`end` < TIMESTAMP_SUB(V.`next_start`, INTERVAL 1 MILLISECOND), 'no-gap', NULL),
    IF(V.`end` < V.`start`, 'ends-after-start', NULL),
    IF(V.`active` <> (IFNULL(V.`end` = TIMESTAMP '9999-12-31 23:59:59.999+00', FALSE)), 'open-end', NULL),
    IF(V.`hash` IS NULL, 'hash-present', NULL),
    IF(V.`active` AND V.`parent_id` IS NOT NULL AND P.`id` IS NULL, 'parent-lives', NULL)
  ]) AS `rule`
  WHERE `rule` IS NOT NULL
) AS B
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY B.`rule` ORDER BY B.`id`) <= 10
ORDER BY `rule`, `id`
