-- Makes a table of the app's own. Reads no table.
CREATE TABLE IF NOT EXISTS `p.d._sync_runs` (
  `run` STRING NOT NULL,
  `table_name` STRING NOT NULL,
  `mode` STRING,
  `started_at` TIMESTAMP,
  `ended_at` TIMESTAMP,
  `window_from` TIMESTAMP,
  `window_to` TIMESTAMP,
  `listed` INT64,
  `fetched` INT64,
  `inserted` INT64,
  `closed` INT64,
  `unchanged` INT64,
  `stale` INT64,
  `failed` INT64,
  `left_for_approval` INT64,
  `bytes_billed` INT64,
  `statements` INT64,
  `api_calls` INT64,
  `outcome` STRING,
  `detail` STRING
)
