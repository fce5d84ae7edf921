-- Of both histories, only ids and the active flag; no id prunes them, since any parent may have been closed.
SELECT DISTINCT H.`ticketId` AS `id`
FROM `p.d.threads_history` AS H
JOIN (SELECT `id` FROM `p.d.tickets_history` GROUP BY `id` HAVING NOT LOGICAL_OR(`_fivetran_active`)) AS P ON P.`id` = H.`ticketId`
WHERE H.`_fivetran_active`
