-- Records that are active on one side only. No pruning: both tables are read once, of their system columns.
SELECT K.`kind`, K.`id`, COUNT(*) OVER (PARTITION BY K.`kind`) AS `found`
FROM (
  SELECT COALESCE(B.`id`, O.`id`) AS `id`,
    CASE
      WHEN O.`changed` > @synced THEN 'newer'
      WHEN O.`id` IS NULL OR NOT O.`active` THEN 'missing'
      WHEN B.`id` IS NULL THEN 'extra'
      ELSE 'both'
    END AS `kind`
  FROM (SELECT DISTINCT CAST(`id` AS STRING) AS `id` FROM `q.old.tickets_history` WHERE `_fivetran_active`) AS B
  FULL OUTER JOIN (
    SELECT `id`, LOGICAL_OR(`_fivetran_active`) AS `active`,
      MAX(IF(`_fivetran_active`, `_fivetran_start`, `_fivetran_end`)) AS `changed`
    FROM `p.d.tickets_history`
    GROUP BY `id`
  ) AS O ON O.`id` = B.`id`
  WHERE B.`id` IS NOT NULL OR O.`active`
) AS K
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY K.`kind` ORDER BY K.`id`) <= 10
