-- Values that cannot be cast without loss. No pruning: the old table is read once, of the columns that need a cast.
SELECT
  COUNTIF(J.`c0` IS NOT NULL AND NOT IFNULL(SAFE_CAST(SAFE_CAST(J.`c0` AS INT64) AS FLOAT64) = J.`c0`, FALSE)) AS `c0`,
  COUNTIF(J.`c1` IS NOT NULL AND NOT IFNULL(CAST(SAFE_CAST(J.`c1` AS BOOL) AS STRING) = J.`c1`, FALSE)) AS `c1`
FROM (
  SELECT E.`id`, E.`start`, E.`ended`, E.`synced`, E.`c0`, E.`c1`,
    CASE
      WHEN E.`id` IS NULL OR E.`start` IS NULL OR E.`active` IS NULL THEN 'keyless'
      WHEN E.`nth` > 1 THEN 'twice'
      WHEN E.`there` THEN 'there'
      WHEN E.`start` >= E.`own_start` THEN 'later'
      WHEN E.`active` AND E.`next` IS NULL THEN 'active'
      WHEN E.`ended` IS NULL THEN 'endless'
      WHEN E.`ended` < E.`start` THEN 'backwards'
      ELSE 'import'
    END AS `verdict`
  FROM (
    SELECT N.`id`, N.`active`, N.`start`, N.`synced`, N.`nth`, N.`own_start`, N.`there`, N.`next`, N.`c0`, N.`c1`,
      IF(N.`active` OR N.`end` IS NULL OR N.`end` >= TIMESTAMP_SUB(N.`next`, INTERVAL 1 MILLISECOND), TIMESTAMP_SUB(N.`next`, INTERVAL 1 MILLISECOND), N.`end`) AS `ended`
    FROM (
      SELECT B.`id`, B.`active`, B.`start`, B.`synced`, B.`end`, B.`nth`, B.`c0`, B.`c1`, O.`own_start`, P.`id` IS NOT NULL AS `there`,
        IF(O.`own_start` IS NULL OR B.`next_start` < O.`own_start`, B.`next_start`, O.`own_start`) AS `next`
      FROM (
        SELECT CAST(`id` AS STRING) AS `id`, `_fivetran_active` AS `active`, `_fivetran_start` AS `start`, `_fivetran_synced` AS `synced`,
          IF(`_fivetran_end` < TIMESTAMP '9999-01-01 00:00:00+00', `_fivetran_end`, NULL) AS `end`,
          MIN(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY UNIX_MICROS(`_fivetran_start`) RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS `next_start`,
          ROW_NUMBER() OVER (PARTITION BY `id`, `_fivetran_start` ORDER BY `_fivetran_synced` DESC) AS `nth`, `rating` AS `c0`, `is_late` AS `c1`
        FROM `q.old.tickets_history`
      ) AS B
      LEFT JOIN (
        SELECT `id`, MIN(IF(IFNULL(`_row_hash` LIKE 'adopted1:%', FALSE), NULL, `_fivetran_start`)) AS `own_start`
        FROM `p.d.tickets_history`
        GROUP BY `id`
      ) AS O ON O.`id` = B.`id`
      LEFT JOIN (
        SELECT DISTINCT `id`, `_fivetran_start` AS `start` FROM `p.d.tickets_history`
      ) AS P ON P.`id` = B.`id` AND P.`start` = B.`start`
    ) AS N
  ) AS E
) AS J
WHERE J.`verdict` = 'import'
