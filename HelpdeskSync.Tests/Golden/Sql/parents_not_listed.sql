-- Of the children's history, the active rows alone and only the parent's id; no id prunes it, since any parent may be gone.
SELECT DISTINCT H.`ticketId` AS `id`
FROM `p.d.threads_history` AS H
LEFT JOIN (SELECT DISTINCT `id` FROM `p.d._sync_stage_tickets_listing_0` WHERE `kind` IN ('row', 'known')) AS L ON L.`id` = H.`ticketId`
WHERE H.`_fivetran_active` AND H.`ticketId` IS NOT NULL AND L.`id` IS NULL
