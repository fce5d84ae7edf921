-- Versions that begin on one side only. No pruning: both tables are read twice, of two system columns; where some columns tell no version, the old one of the others too.
SELECT V.`side`, V.`id`, COUNT(*) OVER (PARTITION BY V.`side`) AS `found`
FROM (
  SELECT 'baseline' AS `side`, CAST(A.`id` AS STRING) AS `id`
  FROM `q.old.tickets_history` AS A
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
