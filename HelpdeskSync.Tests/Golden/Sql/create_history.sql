-- Makes a history table, clustered by `id`: what every later statement is pruned by. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d.tickets_history` (
  `id` STRING NOT NULL,
  `_fivetran_active` BOOL,
  `_fivetran_start` TIMESTAMP,
  `_fivetran_end` TIMESTAMP,
  `_fivetran_synced` TIMESTAMP,
  `_row_hash` STRING
)
CLUSTER BY `id`
