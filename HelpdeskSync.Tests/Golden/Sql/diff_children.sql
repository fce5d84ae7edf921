-- Of the history, the active rows alone and only the columns named; no id prunes it, since every listed record is compared.
SELECT DISTINCT L.`id`, L.`parent_id`, 'changed' AS `kind`
FROM `p.d._sync_stage_tickets_listing_0` AS L
LEFT JOIN `p.d.threads_history` AS H ON H.`id` = L.`id` AND H.`_fivetran_active`
WHERE L.`kind` IN ('row', 'known') AND (H.`id` IS NULL OR FALSE)
UNION ALL
SELECT H.`id`, H.`ticketId` AS `parent_id`, 'missing' AS `kind`
FROM `p.d.threads_history` AS H
LEFT JOIN (SELECT DISTINCT `id` FROM `p.d._sync_stage_tickets_listing_0` WHERE `kind` IN ('row', 'known')) AS L ON L.`id` = H.`id`
WHERE H.`_fivetran_active` AND L.`id` IS NULL AND H.`ticketId` IN (SELECT `parent_id` FROM `p.d._sync_stage_tickets_listing_0` WHERE `kind` = 'parent')
