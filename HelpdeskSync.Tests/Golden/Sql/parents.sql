SELECT `id`, `ticketId` AS `parent_id`
FROM `p.d.threads_history`
WHERE `id` IN UNNEST(@ids)
QUALIFY ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY `_fivetran_start` DESC) = 1
