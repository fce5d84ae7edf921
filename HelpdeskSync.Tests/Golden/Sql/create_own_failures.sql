-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_failures` (
  `table_name` STRING NOT NULL,
  `id` STRING NOT NULL,
  `parent_id` STRING,
  `reason` STRING,
  `run` STRING,
  `attempts` INT64,
  `first_failed_at` TIMESTAMP,
  `last_failed_at` TIMESTAMP
)
