-- Columns that alone changed between a version and the next. No pruning: the whole table is read once, of the columns compared.
SELECT IF(D.`changed` = 1, D.`first`, NULL) AS `k`, COUNT(*) AS `found`
FROM (
  SELECT
    IF(V.`c0` <> V.`p0`, 1, 0) + IF(V.`c1` <> V.`p1`, 1, 0) AS `changed`,
    CASE WHEN V.`c0` <> V.`p0` THEN 0 WHEN V.`c1` <> V.`p1` THEN 1 END AS `first`
  FROM (
    SELECT T.`c0`, LAG(T.`c0`) OVER (PARTITION BY T.`id` ORDER BY T.`start`) AS `p0`, T.`c1`, LAG(T.`c1`) OVER (PARTITION BY T.`id` ORDER BY T.`start`) AS `p1`,
      LAG(T.`start`) OVER (PARTITION BY T.`id` ORDER BY T.`start`) AS `previous_start`
    FROM (
      SELECT `id`, `_fivetran_start` AS `start`, IFNULL(TO_JSON_STRING(`subject`), 'null') AS `c0`, IFNULL(TO_JSON_STRING(`view_count`), 'null') AS `c1`
      FROM `q.old.tickets_history`
    ) AS T
  ) AS V
  WHERE V.`previous_start` IS NOT NULL
) AS D
GROUP BY `k`
ORDER BY `found` DESC, `k`
