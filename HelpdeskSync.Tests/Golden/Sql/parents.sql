-- Parents of children whose events did not name them. Pruning: the table is clustered by `id`, and @ids bounds the look at it.
SELECT `id`, `ticketId` AS `parent_id`
FROM `p.d.threads_history`
WHERE `id` IN UNNEST(@ids)
QUALIFY ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY `_fivetran_start` DESC) = 1
