-- Records that are not active once on each side. No pruning: both tables are read once, of their system columns.
SELECT K.`kind`, K.`id`, COUNT(*) OVER (PARTITION BY K.`kind`) AS `found`
FROM (
  SELECT COALESCE(B.`id`, O.`id`) AS `id`,
    CASE
      WHEN O.`changed` > @synced THEN 'newer'
      WHEN B.`actives` > 1 THEN 'active_twice_there'
      WHEN O.`actives` > 1 THEN 'active_twice'
      WHEN B.`actives` > 0 AND O.`id` IS NULL THEN 'missing'
      WHEN B.`actives` > 0 AND O.`actives` = 0 THEN 'closed'
      WHEN O.`actives` > 0 AND B.`id` IS NULL THEN 'extra'
      WHEN O.`actives` > 0 AND B.`actives` = 0 THEN 'closed_there'
      ELSE 'both'
    END AS `kind`
  FROM (
    SELECT CAST(T.`id` AS STRING) AS `id`, COUNTIF(T.`_fivetran_active`) AS `actives` FROM `q.old.tickets_history` AS T GROUP BY T.`id`
  ) AS B
  FULL OUTER JOIN (
    SELECT `id`, COUNTIF(`_fivetran_active`) AS `actives`,
      MAX(IF(`_fivetran_active`, `_fivetran_start`, `_fivetran_end`)) AS `changed`
    FROM `p.d.tickets_history`
    GROUP BY `id`
  ) AS O ON O.`id` = B.`id`
  WHERE B.`actives` > 0 OR O.`actives` > 0
) AS K
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY K.`kind` ORDER BY K.`id`) <= 10
