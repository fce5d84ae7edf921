-- Makes a staging table that BigQuery drops by itself after a day. Reads no table.
CREATE OR REPLACE TABLE `p.d._sync_stage_x` (
  `kind` STRING,
  `id` STRING,
  `parent_id` STRING,
  `created` TIMESTAMP,
  `modified` TIMESTAMP,
  `counts` STRING
)
OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))
