-- Widens a column: BigQuery changes its type without reading the table.
ALTER TABLE `p.d.tickets_history` ALTER COLUMN `threadCount` SET DATA TYPE NUMERIC
