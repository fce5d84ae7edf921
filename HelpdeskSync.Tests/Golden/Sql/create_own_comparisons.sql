-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_comparisons` (
  `run` STRING NOT NULL,
  `table_name` STRING NOT NULL,
  `baseline` STRING,
  `compared_at` TIMESTAMP,
  `pass` BOOL,
  `report` STRING
)
