-- Cells of records active once on both sides that are written differently. No pruning: both tables are read once, of the columns they share.
SELECT C.`id`, C.`k`, C.`b`, C.`o`
FROM (
  SELECT O.`id`, `k`, CASE `k` WHEN 0 THEN B.`c0` WHEN 1 THEN B.`c1` END AS `b`, CASE `k` WHEN 0 THEN O.`c0` WHEN 1 THEN O.`c1` END AS `o`
  FROM (
    SELECT CAST(`id` AS STRING) AS `id`, IFNULL(TO_JSON_STRING(`SUBJECT`), 'null') AS `c0`, IFNULL(TO_JSON_STRING(`dueDate`), 'null') AS `c1`
    FROM `q.old.tickets_history` AS T
    WHERE `_fivetran_active`
    QUALIFY COUNT(*) OVER (PARTITION BY T.`id`) = 1
  ) AS B
  JOIN (
    SELECT `id`, IFNULL(TO_JSON_STRING(`subject`), 'null') AS `c0`, IFNULL(TO_JSON_STRING(`dueDate`), 'null') AS `c1`
    FROM `p.d.tickets_history` AS T
    WHERE `_fivetran_active` AND `_fivetran_start` <= @synced
    QUALIFY COUNT(*) OVER (PARTITION BY T.`id`) = 1
  ) AS O ON O.`id` = B.`id`
  CROSS JOIN UNNEST([0, 1]) AS `k`
) AS C
WHERE C.`b` <> C.`o`
