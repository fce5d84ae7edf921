-- Of the children's history, the active rows alone and only the parent's id; no id prunes it, since every parent is counted.
SELECT L.`id`
FROM (SELECT `id`, MAX(CAST(JSON_VALUE(`counts`, '$.threadCount') AS INT64)) AS `listed` FROM `p.d._sync_stage_tickets_listing_0` WHERE `kind` IN ('row', 'known') GROUP BY `id`) AS L
LEFT JOIN (
  SELECT `ticketId` AS `parent_id`, COUNT(*) AS `stored`
  FROM `p.d.threads_history`
  WHERE `_fivetran_active`
  GROUP BY `parent_id`
) AS C ON C.`parent_id` = L.`id`
WHERE @deep OR L.`listed` IS NULL OR L.`listed` <> IFNULL(C.`stored`, 0)
