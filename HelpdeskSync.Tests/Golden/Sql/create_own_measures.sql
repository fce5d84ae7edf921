-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_measures` (
  `minute` TIMESTAMP NOT NULL,
  `table_name` STRING NOT NULL,
  `measure` STRING NOT NULL,
  `bucket` INT64 NOT NULL,
  `value` INT64 NOT NULL
)
PARTITION BY DATE(`minute`)
CLUSTER BY `measure`, `table_name`
