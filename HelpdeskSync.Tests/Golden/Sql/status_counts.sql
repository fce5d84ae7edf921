-- Counts each table's rows. Reads two narrow columns, whole.
SELECT 0 AS `place`, COUNTIF(`_fivetran_active`) AS `active`, COUNT(*) AS `versions`, MAX(`_fivetran_synced`) AS `last_synced`
FROM `p.d.tickets_history`
UNION ALL
SELECT 1 AS `place`, COUNTIF(`_fivetran_active`) AS `active`, COUNT(*) AS `versions`, MAX(`_fivetran_synced`) AS `last_synced`
FROM `p.d.agents_history`
