-- Versions that break a rule of the history. No pruning: the whole table is read once, of its system columns only.
SELECT B.`rule`, B.`id`, COUNT(*) OVER (PARTITION BY B.`rule`) AS `found`
FROM (
  SELECT V.`id`, `rule`
  FROM (
    SELECT `id`, `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`, `_row_hash` AS `hash`,
      LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS `next_start`,
      COUNTIF(`_fivetran_active`) OVER (PARTITION BY `id`) AS `actives`
    FROM `p.d.tickets_history`
  ) AS V
  CROSS JOIN UNNEST([
    IF(V.`id` IS NULL OR V.`start` IS NULL OR V.`active` IS NULL, 'key-present', NULL),
    IF(V.`active` AND V.`actives` > 1, 'one-active', NULL),
    IF(V.`active` AND V.`next_start` IS NOT NULL, 'active-is-last', NULL),
    IF(NOT V.`active` AND V.`end` > V.`next_start`, 'no-overlap', NULL),
    IF(NOT V.`active` AND V.`end` < V.`next_start`, 'no-gap', NULL),
    IF(V.`end` < V.`start`, 'ends-after-start', NULL),
    IF(V.`active` <> (V.`end` IS NULL), 'open-end', NULL),
    IF(V.`hash` IS NULL, 'hash-present', NULL)
  ]) AS `rule`
  WHERE `rule` IS NOT NULL
) AS B
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY B.`rule` ORDER BY B.`id`) <= 10
ORDER BY `rule`, `id`
