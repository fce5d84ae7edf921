-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_schema_changes` (
  `table_name` STRING NOT NULL,
  `column_name` STRING NOT NULL,
  `type_before` STRING,
  `type_after` STRING,
  `changed_at` TIMESTAMP
)
