-- Versions that begin on one side only. No pruning: both tables are read twice, of two system columns; where some columns tell no version, the old one of the others too.
SELECT V.`side`, V.`id`, COUNT(*) OVER (PARTITION BY V.`side`) AS `found`
FROM (
  SELECT 'baseline' AS `side`, CAST(A.`id` AS STRING) AS `id`
  FROM (
        SELECT N.`id`, N.`_fivetran_start`
        FROM (
          SELECT C.`id`, C.`_fivetran_start`, C.`content`,
            LAG(C.`content`) OVER (PARTITION BY C.`id` ORDER BY C.`_fivetran_start`) AS `before`,
            LAG(C.`_fivetran_end`) OVER (PARTITION BY C.`id` ORDER BY C.`_fivetran_start`) AS `ended`
          FROM (
            SELECT `id`, `_fivetran_start`, `_fivetran_end`,
              ARRAY_TO_STRING([IFNULL(TO_JSON_STRING(`subject`), 'null'), IFNULL(TO_JSON_STRING(`view_count`), 'null')], ',') AS `content`
            FROM `q.old.tickets_history`
          ) AS C
        ) AS N
        WHERE N.`before` IS NULL OR N.`before` <> N.`content` OR N.`ended` < TIMESTAMP_SUB(N.`_fivetran_start`, INTERVAL 1 MILLISECOND)
      ) AS A
  LEFT JOIN `p.d.tickets_history` AS B
    ON CAST(B.`id` AS STRING) = CAST(A.`id` AS STRING) AND ABS(TIMESTAMP_DIFF(A.`_fivetran_start`, B.`_fivetran_start`, MILLISECOND)) <= @tolerance
  WHERE A.`_fivetran_start` >= @since AND A.`_fivetran_start` <= @synced AND B.`id` IS NULL
  UNION ALL
  SELECT 'here' AS `side`, CAST(A.`id` AS STRING) AS `id`
  FROM `p.d.tickets_history` AS A
  LEFT JOIN `q.old.tickets_history` AS B
    ON CAST(B.`id` AS STRING) = CAST(A.`id` AS STRING) AND ABS(TIMESTAMP_DIFF(A.`_fivetran_start`, B.`_fivetran_start`, MILLISECOND)) <= @tolerance
  WHERE A.`_fivetran_start` >= @since AND A.`_fivetran_start` <= @synced AND B.`id` IS NULL
) AS V
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY V.`side` ORDER BY V.`id`) <= 10
