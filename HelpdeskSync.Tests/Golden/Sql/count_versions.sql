-- How many versions there are. No pruning, and no column is read.
SELECT COUNT(*) AS `versions` FROM `p.d.tickets_history`
