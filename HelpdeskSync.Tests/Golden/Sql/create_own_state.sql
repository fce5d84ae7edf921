-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_state` (
  `name` STRING NOT NULL,
  `value` STRING,
  `updated_at` TIMESTAMP
)
