-- What became of observations. Pruning: the table is clustered by `id`, and @ids bounds the look at it.
SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_synced`, `_fivetran_end`, `_row_hash`
FROM `p.d.tickets_history`
WHERE `id` IN UNNEST(@ids) AND (`_fivetran_active` OR `_fivetran_synced` >= @since OR `_fivetran_end` >= @since)
