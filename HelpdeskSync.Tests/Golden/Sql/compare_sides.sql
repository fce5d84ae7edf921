-- How the two sides stand. No pruning: both tables are read once, of one system column.
SELECT
  (SELECT COUNT(*) FROM `q.old.tickets_history` WHERE `_fivetran_active`) AS `baseline_active`,
  (SELECT COUNT(*) FROM `p.d.tickets_history` WHERE `_fivetran_active`) AS `active`
