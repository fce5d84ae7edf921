-- How many records are active. No pruning: it reads the one BOOL column of the whole table.
SELECT COUNT(*) AS `active`
FROM `p.d.tickets_history`
WHERE `_fivetran_active`
