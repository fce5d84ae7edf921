ALTER TABLE `p.d.tickets_history` ALTER COLUMN `threadCount` SET DATA TYPE NUMERIC
