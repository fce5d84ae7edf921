-- When the old connector last synced. No pruning: its tables are read once, of one system column.
SELECT MAX(T.`synced`) AS `synced`
FROM (
  SELECT MAX(`_fivetran_synced`) AS `synced` FROM `q.old.tickets_history`
  UNION ALL
  SELECT MAX(`_fivetran_synced`) AS `synced` FROM `q.old.agents_history`
) AS T
